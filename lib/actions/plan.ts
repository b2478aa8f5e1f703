"use server";

import "server-only";
import { revalidatePath } from "next/cache";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { type Change, changePlan } from "@/lib/billing/change-plan";
import { pausePlan } from "@/lib/billing/pause-plan";
import { type ChangePreview, previewChange } from "@/lib/billing/preview-change";
import { resumePlan } from "@/lib/billing/resume-plan";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import { type Outcome, outcome } from "@/lib/outcome";

export async function previewChangeAction(wanted: unknown): Promise<Outcome<ChangePreview>> {
  return outcome(previewChange(wanted));
}

export async function changePlanAction(wanted: unknown, token: unknown): Promise<Outcome<Change>> {
  return shown(changePlan(wanted, token));
}

export async function cancelPlanAction(reason: unknown): Promise<Outcome<{ endsAt: string }>> {
  return shown(cancelPlan(reason));
}

export async function resumePlanAction(): Promise<Outcome<void>> {
  return shown(resumePlan());
}

export async function pausePlanAction(): Promise<Outcome<void>> {
  return shown(pausePlan());
}

export async function unpausePlanAction(): Promise<Outcome<Change>> {
  return shown(unpausePlan());
}

/** The pages are read again; what Stripe has done arrives there with its webhook, a moment later. */
async function shown<Data>(act: Promise<Data>): Promise<Outcome<Data>> {
  const result = await outcome(act);
  if (result.ok) revalidatePath("/dashboard", "layout");
  return result;
}

"use server";

import "server-only";
import type { Route } from "next";
import { revalidatePath } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { cancelPlan } from "@/lib/billing/cancel-plan";
import { type Change, changePlan } from "@/lib/billing/change-plan";
import { pausePlan } from "@/lib/billing/pause-plan";
import { goalAddress, type PlanGoal } from "@/lib/billing/plan-goal";
import { resumePlan } from "@/lib/billing/resume-plan";
import { unpausePlan } from "@/lib/billing/unpause-plan";
import type { WantedPlan } from "@/lib/billing/wanted-plan";
import { formFields } from "@/lib/form-fields";
import { outcome } from "@/lib/outcome";

/** What a form shows that led nowhere yet: a sentence, or where the payment is confirmed and which page waits for it. */
export type PlanAnswer =
  | { is: "refused"; message: string }
  | { is: "confirm"; url: string; waitAt: Route }
  | null;

export async function changePlanAction(wanted: WantedPlan, token: string): Promise<PlanAnswer> {
  return change(changePlan(wanted, token), (made) =>
    made.is === "scheduled"
      ? { is: "scheduled", wanted }
      : { is: "changed", wanted, invoice: invoiceOf(made) },
  );
}

export async function unpausePlanAction(): Promise<PlanAnswer> {
  return change(unpausePlan(), (made) => ({ is: "resumed", invoice: invoiceOf(made) }));
}

export async function cancelPlanAction(_previous: PlanAnswer, form: FormData): Promise<PlanAnswer> {
  return act(cancelPlan(formFields(form)), { is: "cancelled" });
}

export async function keepPlanAction(): Promise<PlanAnswer> {
  return act(resumePlan(), { is: "kept" });
}

export async function pausePlanAction(): Promise<PlanAnswer> {
  return act(pausePlan(), { is: "paused" });
}

async function change(work: Promise<Change>, goalOf: (made: Change) => PlanGoal): Promise<PlanAnswer> {
  const result = await outcome(work);
  if (!result.ok) return { is: "refused", message: result.error.message };
  const goal = goalOf(result.data);
  if (result.data.is !== "confirm") return show(goal);
  return { is: "confirm", url: result.data.url, waitAt: goalAddress(goal) };
}

async function act(work: Promise<unknown>, goal: PlanGoal): Promise<PlanAnswer> {
  const result = await outcome(work);
  return result.ok ? show(goal) : { is: "refused", message: result.error.message };
}

/** What Stripe has done arrives with its webhook, a moment later: the page that this leads to waits for it. */
function show(goal: PlanGoal): never {
  revalidatePath("/dashboard", "layout");
  redirect(goalAddress(goal), RedirectType.replace);
}

const invoiceOf = (made: Change) => (made.is === "changed" ? made.invoice : null);

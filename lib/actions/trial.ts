"use server";

import "server-only";
import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { Refusal } from "@/lib/actions/billing";
import { startTrial } from "@/lib/billing/start-trial";
import { outcome } from "@/lib/outcome";

export async function startTrialAction(_previous: Refusal, _form: FormData): Promise<Refusal> {
  const result = await outcome(startTrial());
  if (!result.ok) return { message: result.error.message };
  revalidatePath("/dashboard", "layout");
  redirect("/dashboard");
}

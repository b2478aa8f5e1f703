import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { AppError } from "@/lib/errors";
import { isoTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** What `start_trial` answers to who may not. */
const refusals: Record<string, string> = {
  no_trial: "No trial is on offer at the moment.",
  anonymous: "Please sign up with an e-mail address first.",
  subscribed: "You have a plan already, so there is nothing left to try.",
  paid_before: "The trial is for those who have not had a plan yet. You can choose one at any time.",
  used_before: "The trial was used before, by you or with your card. You can choose a plan at any time.",
};

export const StartedTrial = z.object({ endsAt: z.iso.datetime() });

/** Starts the signed-in user's trial, without a card; again it answers the one that there is. */
export async function startTrial(): Promise<z.infer<typeof StartedTrial>> {
  const { id } = await getUserOrThrow();
  requireBilling(id);
  const supabase = await userClient();
  const trial = await oneRow(supabase.rpc("start_trial"));
  if (!trial.success) throw new AppError("conflict", refusals[trial.reason]);
  return { endsAt: isoTime(trial.ends_at) };
}

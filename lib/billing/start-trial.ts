import "server-only";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { AppError, type ErrorSentence } from "@/lib/errors";
import { isoTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** What `start_trial` answers to who may not. */
const refusals: Record<string, ErrorSentence> = {
  no_trial: "noTrial",
  anonymous: "trialAnonymous",
  subscribed: "trialSubscribed",
  paid_before: "trialPaidBefore",
  used_before: "trialUsedBefore",
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

import "server-only";
import { z } from "zod";
import { isResting } from "@/lib/billing/change-block";
import { askForChange, releaseSchedule, takeSubscription } from "@/lib/billing/stripe-subscription";
import { AppError } from "@/lib/errors";
import { stripe } from "@/lib/stripe";
import { cancelFeedback, cancelTime, isoTimeOrNull } from "@/supabase/functions/_shared/stripe-fields";

export type CancelFeedback = (typeof cancelFeedback)[number];

export const Reason = z.strictObject({
  feedback: z.enum(cancelFeedback).optional(),
  comment: z.string().max(500).optional(),
});

/**
 * Ends the plan when the paid period is over, and one that rests at once; the reason, `{ feedback?, comment? }`, goes to
 * Stripe.
 */
export async function cancelPlan(reason: unknown): Promise<{ endsAt: string }> {
  const given = Reason.safeParse(reason);
  if (!given.success) throw new AppError("invalid", "reasonFromList");
  // Who pays may always stop, also where nothing is sold any more.
  const subscription = await takeSubscription({ isBuying: false });
  const { feedback, comment } = given.data;
  const cancellation_details = { ...(feedback && { feedback }), ...(comment && { comment }) };
  await releaseSchedule(subscription);
  const { id } = subscription;
  const ended = await askForChange(
    isResting(subscription.status)
      ? stripe().subscriptions.cancel(id, { cancellation_details })
      : stripe().subscriptions.update(id, { cancel_at_period_end: true, cancellation_details }),
  );
  const endsAt = isoTimeOrNull(ended.ended_at) ?? cancelTime(ended);
  if (endsAt === null) throw new AppError("unavailable", undefined, { cause: `${id} has no end` });
  return { endsAt };
}

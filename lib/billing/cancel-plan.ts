import "server-only";
import { z } from "zod";
import { askForChange, releaseSchedule, takeSubscription } from "@/lib/billing/stripe-subscription";
import { AppError } from "@/lib/errors";
import { stripe } from "@/lib/stripe";

/** Stripe's words for why. */
const cancelFeedback = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;
export type CancelFeedback = (typeof cancelFeedback)[number];

const Reason = z.strictObject({
  feedback: z.enum(cancelFeedback).optional(),
  comment: z.string().max(500).optional(),
});

/**
 * Ends the plan when the paid period is over, and one that rests at once; the reason, `{ feedback?, comment? }`, goes to
 * Stripe.
 */
export async function cancelPlan(reason: unknown): Promise<{ endsAt: string }> {
  const given = Reason.safeParse(reason);
  if (!given.success) throw new AppError("invalid", "A reason has a feedback from the list, and a comment.");
  const subscription = await takeSubscription();
  const { feedback, comment } = given.data;
  const cancellation_details = { ...(feedback && { feedback }), ...(comment && { comment }) };
  await releaseSchedule(subscription);
  const { id } = subscription;
  const isResting = ["paused", "unpaid"].includes(subscription.status);
  const ended = await askForChange(
    isResting
      ? stripe().subscriptions.cancel(id, { cancellation_details })
      : stripe().subscriptions.update(id, { cancel_at_period_end: true, cancellation_details }),
  );
  const at = ended.ended_at ?? ended.cancel_at ?? ended.items.data[0]?.current_period_end ?? 0;
  return { endsAt: new Date(at * 1000).toISOString() };
}

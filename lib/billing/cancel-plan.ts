import "server-only";
import { AppError } from "@/lib/errors";

/** Stripe's words for why. */
export const cancelFeedback = [
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

/** Ends the plan when the paid period is over; the reason, `{ feedback?, comment? }`, goes to Stripe. */
export async function cancelPlan(_reason: unknown): Promise<{ endsAt: string }> {
  throw new AppError("unavailable");
}

import "server-only";
import { askForChange, releaseSchedule, takeSubscription } from "@/lib/billing/stripe-subscription";
import { AppError } from "@/lib/errors";
import { stripe } from "@/lib/stripe";

/**
 * From now on nothing is charged, and the plan and its credits rest until it is unpaused. The time that was paid for is
 * credited, and lessens what the plan then costs.
 */
export async function pausePlan(): Promise<void> {
  const subscription = await takeSubscription();
  if (subscription.status === "paused") return;
  if (subscription.status !== "active" || subscription.cancel_at !== null || subscription.pending_update)
    throw new AppError("conflict", "notPausable");
  await releaseSchedule(subscription);
  await askForChange(stripe().subscriptions.pause(subscription.id, { type: "subscription" }));
}

import "server-only";
import { askForChange, releaseSchedule, takeSubscription } from "@/lib/billing/stripe-subscription";
import { stripe } from "@/lib/stripe";

/** Takes back what waits for the end of the period: a cancellation, or a change. */
export async function resumePlan(): Promise<void> {
  const subscription = await takeSubscription();
  await releaseSchedule(subscription);
  const { id, cancel_at: at, cancel_at_period_end: isEnding } = subscription;
  // Classic billing has the flag, flexible billing only the date.
  if (isEnding) await askForChange(stripe().subscriptions.update(id, { cancel_at_period_end: false }));
  else if (at !== null) await askForChange(stripe().subscriptions.update(id, { cancel_at: "" }));
}

import type Stripe from "stripe";
import { idOf } from "../../_shared/stripe-fields.ts";
import { readSubscription } from "./subscription.ts";

/** What waits for a subscription is a fact of it, which is read with its schedule. */
export async function readSubscriptionSchedule(stripe: Stripe, id: string) {
  const schedule = await stripe.subscriptionSchedules.retrieve(id);
  const subscription = idOf(schedule.subscription) ?? schedule.released_subscription;
  // One that has not begun has no subscription yet; its first event will tell of it.
  return subscription ? readSubscription(stripe, subscription) : null;
}

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** A reminder, and sent at once when a trial is cut short: the notice is made from the subscription, not from this. */
export const customerSubscriptionTrialWillEnd: EventEffect = {
  type: "customer.subscription.trial_will_end",
  read: readSubscription,
  noun: "subscription",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** The plan's credits can be spent again, and last longer by the pause. */
export const customerSubscriptionResumed: EventEffect = {
  type: "customer.subscription.resumed",
  read: readSubscription,
  noun: "subscription",
};

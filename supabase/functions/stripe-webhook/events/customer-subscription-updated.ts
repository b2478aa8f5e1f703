import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** Plan, period or end changed. A renewal grants nothing here: its paid invoice does. */
export const customerSubscriptionUpdated: EventEffect = {
  type: "customer.subscription.updated",
  read: readSubscription,
  noun: "subscription",
};

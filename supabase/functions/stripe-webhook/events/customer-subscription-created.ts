import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** A plan begins. May arrive after `updated`: the object as it is now keeps it from going back to `incomplete`. */
export const customerSubscriptionCreated: EventEffect = {
  type: "customer.subscription.created",
  read: readSubscription,
  noun: "subscription",
};

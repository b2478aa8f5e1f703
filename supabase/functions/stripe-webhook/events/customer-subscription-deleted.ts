import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** A plan ended for good; Stripe goes on answering for it, with status `canceled`. */
export const customerSubscriptionDeleted: EventEffect = {
  type: "customer.subscription.deleted",
  read: readSubscription,
  noun: "subscription",
};

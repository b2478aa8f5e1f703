import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** An upgrade was paid for: the plan follows what the subscription's items say. */
export const customerSubscriptionPendingUpdateApplied: EventEffect = {
  type: "customer.subscription.pending_update_applied",
  read: readSubscription,
  noun: "subscription",
};

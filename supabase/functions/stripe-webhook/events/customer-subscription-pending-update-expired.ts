import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** An upgrade was not paid for, and nothing changes. */
export const customerSubscriptionPendingUpdateExpired: EventEffect = {
  type: "customer.subscription.pending_update_expired",
  read: readSubscription,
  noun: "subscription",
};

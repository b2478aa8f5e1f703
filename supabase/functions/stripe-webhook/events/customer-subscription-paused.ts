import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscription } from "../readers/subscription.ts";

/** The plan's credits are frozen, and their time stands still. */
export const customerSubscriptionPaused: EventEffect = {
  type: "customer.subscription.paused",
  read: readSubscription,
  noun: "subscription",
};

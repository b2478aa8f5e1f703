import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** What waited does not come, for the plan has ended. */
export const subscriptionScheduleCanceled: EventEffect = {
  type: "subscription_schedule.canceled",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** What waits is another, or has just begun. */
export const subscriptionScheduleUpdated: EventEffect = {
  type: "subscription_schedule.updated",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

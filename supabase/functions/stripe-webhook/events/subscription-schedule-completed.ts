import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** The last that waited has come. */
export const subscriptionScheduleCompleted: EventEffect = {
  type: "subscription_schedule.completed",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** A schedule is there, perhaps with what it will bring. */
export const subscriptionScheduleCreated: EventEffect = {
  type: "subscription_schedule.created",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

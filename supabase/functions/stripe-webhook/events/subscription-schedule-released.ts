import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** What waited does not come: the plan goes on as it is. */
export const subscriptionScheduleReleased: EventEffect = {
  type: "subscription_schedule.released",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSubscriptionSchedule } from "../readers/subscription-schedule.ts";

/** What waited does not come, for its plan was not paid. */
export const subscriptionScheduleAborted: EventEffect = {
  type: "subscription_schedule.aborted",
  read: readSubscriptionSchedule,
  noun: "subscription",
};

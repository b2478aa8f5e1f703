import type { SubscriptionSchedule } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import type { Work } from "../engine/work.ts";

/** No further phase begins. */
export async function closeSchedule(
  work: Work,
  schedule: SubscriptionSchedule,
  status: "released" | "completed" | "canceled",
  when: Partial<SubscriptionSchedule>,
): Promise<SubscriptionSchedule> {
  const closed = await work.state.save<SubscriptionSchedule>({
    ...schedule,
    ...when,
    current_phase: null,
    status,
  });
  await work.state.setDue(closed.id, null);
  await emit(work, `subscription_schedule.${status}`, closed);
  return closed;
}

import type { SchedulePhase, Subscription, SubscriptionSchedule } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Work } from "../engine/work.ts";
import { applyChange } from "./apply-change.ts";
import { closeSchedule } from "./close-schedule.ts";
import { type Prorations, planChange } from "./plan-change.ts";
import { changedItems, type ItemChange } from "./subscription-items.ts";
import { change, endSubscription } from "./subscriptions.ts";

export const scheduleOf = async ({ state }: Work, { schedule }: Subscription) =>
  schedule === null ? undefined : state.find("subscription_schedule", schedule);

/** Keeps what was changed about a schedule, and when its next phase begins. */
export async function saveSchedule(
  work: Work,
  before: SubscriptionSchedule,
  after: SubscriptionSchedule,
): Promise<SubscriptionSchedule> {
  const saved = await update(work, "subscription_schedule.updated", before, after);
  await work.state.setDue(saved.id, saved.current_phase?.end_date ?? null);
  return saved;
}

/** Enters the phase that begins now, or after the last one lets the subscription go or ends it. */
export async function advanceSchedule(work: Work, schedule: SubscriptionSchedule): Promise<void> {
  const { state, at } = work;
  if (schedule.status !== "active" || schedule.subscription === null) return;
  const current = schedule.current_phase;
  if (!current || current.end_date > at) return state.setDue(schedule.id, current?.end_date ?? null);
  const subscription = await state.get("subscription", schedule.subscription);
  const phase = schedule.phases.find(({ start_date: start }) => start === current.end_date);
  if (!phase) return finish(work, schedule, subscription);
  const { start_date, end_date } = phase;
  await saveSchedule(work, schedule, { ...schedule, current_phase: { start_date, end_date } });
  await enter(work, subscription, phase);
}

/** At the end of a period the items are exchanged, and the renewal charges the new ones; else it is a change of plan. */
async function enter(work: Work, before: Subscription, phase: SchedulePhase): Promise<void> {
  const subscription = underPhase(before, phase);
  const items = await itemChanges(work, subscription, phase);
  if (subscription.items.data.every((item) => item.current_period_end <= work.at)) {
    const data = changedItems(subscription, items, work.at);
    await change(work, before, { ...subscription, items: { ...subscription.items, data } });
  } else await changePlan(work, before, phase, phase.proration_behavior);
}

/** Makes the plan what a phase says, in the middle of a period. */
export async function changePlan(
  work: Work,
  before: Subscription,
  phase: SchedulePhase,
  prorations: Prorations,
): Promise<Subscription> {
  const subscription = underPhase(before, phase);
  const planned = await planChange(work, subscription, {
    items: await itemChanges(work, subscription, phase),
    prorations,
    prorationDate: null,
    isAnchorNew: false,
  });
  return applyChange(work, before, planned, "allow_incomplete", null);
}

/** Metadata is added to, discounts are the phase's. */
const underPhase = (before: Subscription, { metadata, discounts }: SchedulePhase): Subscription => ({
  ...before,
  metadata: { ...before.metadata, ...metadata },
  discounts: discounts.map(({ discount }) => discount),
});

/** Items of a price that stays stay; of the others one takes the place of another. */
async function itemChanges(
  { state }: Work,
  { items }: Subscription,
  phase: SchedulePhase,
): Promise<ItemChange[]> {
  const changes: ItemChange[] = [];
  const left = items.data.filter(({ price }) => !phase.items.some((wanted) => wanted.price === price.id));
  for (const { price: id, quantity } of phase.items) {
    const price = await state.get("price", id);
    const same = items.data.find((item) => item.price.id === id);
    changes.push({ id: (same ?? left.shift())?.id, price, quantity });
  }
  return [...changes, ...left.map(({ id }) => ({ id, isDeleted: true }))];
}

async function finish(work: Work, schedule: SubscriptionSchedule, subscription: Subscription): Promise<void> {
  if (schedule.end_behavior === "release") {
    await releaseSchedule(work, schedule);
    return;
  }
  await closeSchedule(work, schedule, "completed", { completed_at: work.at });
  await endSubscription(work, { ...subscription, schedule: null }, null);
}

/** The subscription goes on as it is, on its own. */
export async function releaseSchedule(
  work: Work,
  schedule: SubscriptionSchedule,
): Promise<SubscriptionSchedule> {
  const { subscription: id } = schedule;
  const released = await closeSchedule(work, schedule, "released", {
    released_at: work.at,
    released_subscription: id,
    subscription: null,
  });
  const subscription = id === null ? undefined : await work.state.find("subscription", id);
  if (subscription) await change(work, subscription, { ...subscription, schedule: null });
  return released;
}

import type { CancellationDetails, Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { emit, update } from "../engine/events.ts";
import { day, nextPeriodEnd, periodFrom } from "../engine/time.ts";
import type { Work } from "../engine/work.ts";
import { closeSchedule } from "./close-schedule.ts";

export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** What a date of ending says on a subscription; flexible billing mode says it in `cancel_at` alone. */
export function endingAt(
  work: Work,
  subscription: Subscription,
  cancelAt: number | null,
): Partial<Subscription> {
  if (cancelAt === subscription.cancel_at) return {};
  return {
    cancel_at: cancelAt,
    canceled_at: cancelAt === null ? null : work.at,
    cancellation_details: {
      ...(cancelAt === null ? noDetails : subscription.cancellation_details),
      reason: cancelAt === null ? null : "cancellation_requested",
    },
  };
}

const noDetails = { comment: null, feedback: null, feedback_option: null };

/** Saves a change and says so, and when time will next do something to it. */
export async function change(work: Work, before: Subscription, after: Subscription): Promise<Subscription> {
  const changed = await update(work, "customer.subscription.updated", before, after);
  await work.state.setDue(changed.id, firstDue(changed, work.at));
  return changed;
}

/** The end, for good: Stripe never revives a canceled subscription. */
export async function endSubscription(
  work: Work,
  subscription: Subscription,
  reason: CancellationDetails["reason"],
  details: Partial<CancellationDetails> = {},
): Promise<Subscription> {
  const { state, at } = work;
  const ended = await state.save<Subscription>({
    ...subscription,
    canceled_at: subscription.canceled_at ?? at,
    cancellation_details: { ...subscription.cancellation_details, ...details, reason },
    ended_at: at,
    pending_update: null,
    status: "canceled",
  });
  await state.setDue(ended.id, null);
  await emit(work, "customer.subscription.deleted", ended);
  await stopCollecting(work, ended.id);
  const schedule = ended.schedule && (await state.find("subscription_schedule", ended.schedule));
  if (schedule) await closeSchedule(work, schedule, "canceled", { canceled_at: at });
  return ended;
}

/** What is still owed stays owed, but nothing is charged any more. */
async function stopCollecting(work: Work, subscription: string): Promise<void> {
  const parent = { subscription_details: { subscription } };
  for (const status of ["draft", "open"]) {
    for (const invoice of await work.state.list("invoice", { body: { status, parent } })) {
      await update(work, "invoice.updated", invoice, {
        ...invoice,
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      });
      await work.state.setDue(invoice.id, null);
    }
  }
}

export const isOver = ({ status }: Subscription): boolean =>
  status === "canceled" || status === "incomplete_expired";

/** Three days before a trial ends its customer is told. */
export const trialReminder = ({ status, trial_end: end }: Subscription): number | null =>
  status === "trialing" && end !== null ? end - 3 * day : null;

/** When time next does something to it, from that second on; null: never. */
export function firstDue(subscription: Subscription, from: number): number | null {
  const { status, cancel_at: cancelAt, pause_collection: pause } = subscription;
  const reminder = trialReminder(subscription);
  if (isOver(subscription)) return null;
  const instants = [
    reminder !== null && reminder >= from ? reminder : null,
    cancelAt,
    pause?.resumes_at ?? null,
    status === "paused" ? null : periodEnd(subscription),
  ];
  const due = instants.filter((instant) => instant !== null);
  return due.length > 0 ? Math.min(...due) : null;
}

/** The items with those periods moved on that are over. */
export function nextPeriods(subscription: Subscription, at: number): SubscriptionItem[] {
  return subscription.items.data.map((item) => periodAround(item, subscription.billing_cycle_anchor, at));
}

/** The item in its period, counted from the anchor, that `at` is in. */
export function periodAround(item: SubscriptionItem, anchor: number, at: number): SubscriptionItem {
  const { interval, interval_count: count } = item.price.recurring ?? {
    interval: "month",
    interval_count: 1,
  };
  let { current_period_start: start, current_period_end: end } = item;
  while (end <= at) [start, end] = [end, nextPeriodEnd(anchor, end, interval, count)];
  return { ...item, current_period_start: start, current_period_end: end };
}

export const newPeriod = (item: SubscriptionItem, at: number): SubscriptionItem => ({
  ...item,
  current_period_start: at,
  current_period_end: periodFrom(at, item.price),
});

import type { Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { emit, update } from "../engine/events.ts";
import { nextPeriodEnd } from "../engine/time.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** Sets or clears the date on which it ends; flexible billing mode says it in `cancel_at` alone. */
export async function setCancelAt(
  work: Work,
  subscription: Subscription,
  cancelAt: number | null,
  changes: Partial<Subscription> = {},
): Promise<Subscription> {
  const isNew = cancelAt !== subscription.cancel_at;
  const canceledAt = cancelAt === null ? null : work.at;
  const after = await update(work, "customer.subscription.updated", subscription, {
    ...subscription,
    ...changes,
    ...(isNew && {
      cancel_at: cancelAt,
      canceled_at: canceledAt,
      cancellation_details: {
        comment: null,
        feedback: null,
        feedback_option: null,
        reason: cancelAt === null ? null : "cancellation_requested",
      },
    }),
  });
  await work.state.setDue(after.id, firstDue(after));
  return after;
}

/** The end, for good: Stripe never revives a canceled subscription. */
export async function endSubscription(
  work: Work,
  subscription: Subscription,
  reason: "cancellation_requested" | "payment_failed",
): Promise<Subscription> {
  const { state, at } = work;
  const ended = await state.save<Subscription>({
    ...subscription,
    canceled_at: subscription.canceled_at ?? at,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason },
    ended_at: at,
    status: "canceled",
  });
  await state.setDue(ended.id, null);
  await emit(work, "customer.subscription.deleted", ended);
  await stopCollecting(work, ended.id);
  return ended;
}

/** Nobody has to pay it any more: it is void, or given up. */
export async function closeInvoice(
  work: Work,
  invoice: Invoice,
  status: "void" | "uncollectible",
): Promise<Invoice> {
  const { state, at } = work;
  const transition = status === "void" ? { voided_at: at } : { marked_uncollectible_at: at };
  const closed = await state.save<Invoice>({
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status,
    status_transitions: { ...invoice.status_transitions, ...transition },
  });
  await state.setDue(closed.id, null);
  await emit(work, status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", closed);
  return closed;
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

/** When time next does something to it; null: never. */
export function firstDue(subscription: Subscription): number | null {
  const { status, cancel_at: cancelAt, pause_collection: pause } = subscription;
  const instants = [
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

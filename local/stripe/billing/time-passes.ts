import type { Subscription, TestClock } from "../engine/billing-types.ts";
import { onClock } from "../engine/clocks.ts";
import { emit } from "../engine/events.ts";
import type { State } from "../engine/state.ts";
import type { Kind } from "../engine/types.ts";
import { ownWork, type Work } from "../engine/work.ts";
import { expireSession } from "./checkout.ts";
import { collectOffSession } from "./collect.ts";
import { advanceDispute, openDispute } from "./disputes.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { settleRefund } from "./refunds.ts";
import { endSubscription, firstDue, nextPeriods, periodEnd } from "./subscriptions.ts";
import { deleteTestClock, markReady } from "./test-clocks.ts";

/** What time alone does to an object of each kind, at the instant it was due. */
const acts: Partial<Record<Kind, (work: Work, id: string) => Promise<void>>> = {
  charge: openDispute,
  "checkout.session": async (work, id) => {
    await expireSession(work, await work.state.get("checkout.session", id));
  },
  dispute: async (work, id) => advanceDispute(work, await work.state.get("dispute", id)),
  invoice: advanceInvoice,
  refund: async (work, id) => settleRefund(work, await work.state.get("refund", id)),
  subscription: advanceSubscription,
  "test_helpers.test_clock": async (work, id) => {
    await deleteTestClock(work, await work.state.get("test_helpers.test_clock", id));
  },
};

/** Does the first thing that has fallen due, dated at the instant it was due; false when nothing is. */
export async function advanceOnce(state: State, now: number): Promise<boolean> {
  const due = await state.firstDue(now);
  if (!due) return false;
  await act(ownWork(state, due.dueAt), due);
  return true;
}

/** Does what falls due first on a test clock that goes on, or ends its advance; false when none goes on. */
export async function advanceTestClock(state: State, now: number): Promise<boolean> {
  const advancing = { body: { status: "advancing" } };
  const [clock] = await state.list("test_helpers.test_clock", advancing, { limit: 1, oldestFirst: true });
  if (!clock) return false;
  const target = clock.status_details.advancing?.target_frozen_time ?? clock.frozen_time;
  const due = await state.on(clock.id).firstDue(target);
  const work = onClock(state, clock, due?.dueAt ?? target, now);
  if (!due) await markReady(work, clock);
  else {
    await state.save<TestClock>({ ...clock, frozen_time: due.dueAt });
    await act(work, due);
  }
  return true;
}

async function act(work: Work, { kind, id }: { kind: Kind; id: string }): Promise<void> {
  await work.state.setDue(id, null);
  await acts[kind]?.(work, id);
}

async function advanceSubscription(work: Work, id: string): Promise<void> {
  const { state, at } = work;
  const subscription = await state.get("subscription", id);
  if (subscription.cancel_at !== null && subscription.cancel_at <= at) {
    await endSubscription(work, subscription, "cancellation_requested");
    return;
  }
  const end = periodEnd(subscription);
  if (end > at) {
    await state.setDue(id, firstDue(subscription));
    return;
  }
  await renew(work, subscription, end);
}

/** The period moves first; the invoice stays a draft for an hour, then it is charged. */
async function renew(work: Work, subscription: Subscription, end: number): Promise<void> {
  const { state } = work;
  const over = subscription.items.data.filter((item) => item.current_period_end === end);
  const items = nextPeriods(subscription, end);
  const moved: Subscription = { ...subscription, items: { ...subscription.items, data: items } };
  const invoice = await draftInvoice(work, {
    subscription: moved,
    items: items.filter((item) => item.current_period_start === end),
    reason: "subscription_cycle",
    period: { start: Math.min(...over.map((item) => item.current_period_start)), end },
  });
  const renewed = await state.save<Subscription>({ ...moved, latest_invoice: invoice.id });
  await emit(work, "customer.subscription.updated", renewed, subscription);
  await state.setDue(renewed.id, firstDue(renewed));
}

async function advanceInvoice(work: Work, id: string): Promise<void> {
  const invoice = await work.state.get("invoice", id);
  const open = invoice.status === "draft" ? await finalizeInvoice(work, invoice) : invoice;
  if (open.status === "open") await collectOffSession(work, open);
}

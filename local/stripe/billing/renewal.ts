import type { Subscription } from "../engine/billing-types.ts";
import { emit, update } from "../engine/events.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { subscriptionOf } from "./after-payment.ts";
import { collectOffSession } from "./collect.ts";
import { fullPeriod } from "./invoice-lines.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { closeInvoice, endSubscription, firstDue, nextPeriods, periodEnd } from "./subscriptions.ts";

/** What time does to a subscription at the instant it was due. */
export async function advanceSubscription(work: Work, subscription: Subscription): Promise<void> {
  const { state, at } = work;
  const { cancel_at: cancelAt, status } = subscription;
  if (cancelAt !== null && cancelAt <= at) {
    await endSubscription(work, subscription, "cancellation_requested");
    return;
  }
  const collecting = await endPauseOfCollection(work, subscription);
  const end = periodEnd(collecting);
  if (status !== "paused" && end <= at) await renew(work, collecting, end);
  else await state.setDue(collecting.id, firstDue(collecting));
}

/** The period moves first; the invoice stays a draft for an hour, then it is charged. */
async function renew(work: Work, subscription: Subscription, end: number): Promise<void> {
  const { state } = work;
  const over = subscription.items.data.filter((item) => item.current_period_end === end);
  const items = nextPeriods(subscription, end);
  const moved: Subscription = { ...subscription, items: { ...subscription.items, data: items } };
  const begun = items.filter((item) => item.current_period_start === end);
  const invoice = await draftInvoice(work, {
    subscription: moved,
    billables: await Promise.all(begun.map((item) => fullPeriod(work, item))),
    reason: "subscription_cycle",
    period: { start: Math.min(...over.map((item) => item.current_period_start)), end },
  });
  const renewed = await state.save<Subscription>({ ...moved, latest_invoice: invoice.id });
  await emit(work, "customer.subscription.updated", renewed, subscription);
  await state.setDue(renewed.id, firstDue(renewed));
}

async function endPauseOfCollection(work: Work, subscription: Subscription): Promise<Subscription> {
  const resumesAt = subscription.pause_collection?.resumes_at ?? null;
  if (resumesAt === null || resumesAt > work.at) return subscription;
  const resumed = { ...subscription, pause_collection: null };
  return update<Subscription>(work, "customer.subscription.updated", subscription, resumed);
}

/** What time does to an invoice: it is finalized, charged, or has waited for its payment too long. */
export async function advanceInvoice(work: Work, invoice: Invoice): Promise<void> {
  const subscription = await subscriptionOf(work, invoice);
  if (invoice.status === "draft") {
    const open = await finalizeInvoice(work, invoice);
    const pause = subscription.pause_collection?.behavior;
    if (pause === "void" || pause === "mark_uncollectible")
      await closeInvoice(work, open, pause === "void" ? "void" : "uncollectible");
    else await collectOffSession(work, open);
  } else if (invoice.status === "open" && invoice.auto_advance) await collectOffSession(work, invoice);
  else if (invoice.status === "open") await expire(work, subscription, invoice);
}

/** What has waited for a payment that did not come is not done. */
async function expire(work: Work, subscription: Subscription, invoice: Invoice): Promise<void> {
  const { state } = work;
  const stored = await state.load("invoice", invoice.id);
  if (subscription.status === "incomplete") {
    await update<Subscription>(work, "customer.subscription.updated", subscription, {
      ...subscription,
      ended_at: work.at,
      status: "incomplete_expired",
    });
    await state.setDue(subscription.id, null);
    await closeInvoice(work, invoice, "void");
  } else if (stored?.hidden.resumption && !invoice.attempted) await closeInvoice(work, invoice, "void");
}

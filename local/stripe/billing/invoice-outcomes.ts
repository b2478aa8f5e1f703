import { emit, update } from "../engine/events.ts";
import { day } from "../engine/time.ts";
import type { Invoice, InvoicePayment, Subscription } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { lastFailure } from "./settings.ts";
import { endSubscription } from "./subscriptions.ts";

/** Who tried to collect: the schedule, or somebody who was there. */
export type By = "time" | "hand";

/** Days from one failed try to the next; after the last it is over. */
const retryDays = [1, 3, 5, 7];

export const subscriptionOf = (invoice: Invoice): string => invoice.parent.subscription_details.subscription;

export async function markPaid(work: Work, invoice: Invoice, link?: InvoicePayment): Promise<Invoice> {
  const { state, at } = work;
  const paid = await state.save<Invoice>({
    ...invoice,
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status: "paid",
    status_transitions: { ...invoice.status_transitions, paid_at: at },
  });
  await state.setDue(invoice.id, null);
  await emit(work, "invoice.paid", paid);
  await emit(work, "invoice.payment_succeeded", paid);
  if (link) {
    const done = await state.save<InvoicePayment>({
      ...link,
      amount_paid: paid.amount_due,
      status: "paid",
      status_transitions: { canceled_at: null, paid_at: at },
    });
    await emit(work, "invoice_payment.paid", done);
  }
  await setStatus(work, paid, ["incomplete", "past_due", "unpaid"], "active");
  return paid;
}

/** A debit is under way. A plan that begins with one runs already: Stripe takes the asking for the answer. */
export async function markProcessing(work: Work, invoice: Invoice): Promise<Invoice> {
  const waiting = await work.state.save<Invoice>({ ...invoice, next_payment_attempt: null });
  await work.state.setDue(invoice.id, null);
  await setStatus(work, waiting, ["incomplete"], "active");
  return waiting;
}

/** A try of the schedule plans the next one, or was the last; one by hand leaves the schedule as it is. */
export async function markFailed(work: Work, invoice: Invoice, by: By): Promise<Invoice> {
  const { state } = work;
  const failed = by === "hand" ? await state.save(invoice) : await planNext(work, invoice);
  await emit(work, "invoice.payment_failed", failed);
  await setStatus(work, failed, ["active"], "past_due");
  if (by === "time" && failed.next_payment_attempt === null) await giveUp(work, failed);
  return failed;
}

async function planNext(work: Work, invoice: Invoice): Promise<Invoice> {
  const { state, at } = work;
  const { status } = await state.get("subscription", subscriptionOf(invoice));
  // Of a plan that has ended while a bank was asked, nothing is collected any more.
  const wait = status === "canceled" ? undefined : retryDays[invoice.attempt_count - 1];
  const next = wait === undefined ? null : at + wait * day;
  await state.setDue(invoice.id, next);
  return state.save<Invoice>({ ...invoice, auto_advance: next !== null, next_payment_attempt: next });
}

/** After the last try: what the settings of the account say. */
async function giveUp(work: Work, invoice: Invoice): Promise<void> {
  const subscription = await work.state.get("subscription", subscriptionOf(invoice));
  if (subscription.status === "canceled") return;
  const end = await lastFailure(work);
  if (end === "cancel") await endSubscription(work, subscription, "payment_failed");
  if (end === "mark_unpaid") await setStatus(work, invoice, ["past_due"], "unpaid");
}

/** The status of a plan follows its latest invoice. */
export async function setStatus(
  work: Work,
  invoice: Invoice,
  from: Subscription["status"][],
  to: Subscription["status"],
): Promise<void> {
  const subscription = await work.state.get("subscription", subscriptionOf(invoice));
  if (!from.includes(subscription.status) || subscription.latest_invoice !== invoice.id) return;
  await update(work, "customer.subscription.updated", subscription, { ...subscription, status: to });
}

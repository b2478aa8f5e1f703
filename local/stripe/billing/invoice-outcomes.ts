import { emit } from "../engine/events.ts";
import { day } from "../engine/time.ts";
import type { Invoice, InvoicePayment } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { afterFailure, afterPayment, isWaitedFor } from "./after-payment.ts";
import { planOf, setStatus } from "./plan-status.ts";
import { lastFailure } from "./settings.ts";
import { endSubscription } from "./subscriptions.ts";

/** Who tried to collect: the schedule, or somebody who was there. */
export type By = "time" | "hand";

/** Days from one failed try to the next; after the last it is over. */
const retryDays = [1, 3, 5, 7];

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
  await afterPayment(work, paid);
  return paid;
}

/** A debit is under way. A plan that begins with one runs already: Stripe takes the asking for the answer. */
export async function markProcessing(work: Work, invoice: Invoice): Promise<Invoice> {
  const waiting = await work.state.save<Invoice>({ ...invoice, next_payment_attempt: null });
  await work.state.setDue(invoice.id, null);
  await setStatus(work, waiting, ["incomplete"], "active");
  return waiting;
}

/**
 * A try of the schedule plans the next one, or was the last; one by hand leaves the schedule as it is. What waits for a
 * payment, a beginning or a change, has no schedule: it waits for 23 hours.
 */
export async function markFailed(work: Work, invoice: Invoice, by: By): Promise<Invoice> {
  const isPlanned = by === "time" && !(await isWaitedFor(work, invoice));
  const failed = isPlanned
    ? await planNext(work, invoice)
    : await work.state.save<Invoice>({ ...invoice, ...(by === "time" && { next_payment_attempt: null }) });
  await emit(work, "invoice.payment_failed", failed);
  await afterFailure(work, failed);
  if (isPlanned && failed.next_payment_attempt === null) await giveUp(work, failed);
  return failed;
}

async function planNext(work: Work, invoice: Invoice): Promise<Invoice> {
  const { state, at } = work;
  const { status } = await planOf(work, invoice);
  // Of a plan that has ended while a bank was asked, nothing is collected any more.
  const wait = status === "canceled" ? undefined : retryDays[invoice.attempt_count - 1];
  const next = wait === undefined ? null : at + wait * day;
  await state.setDue(invoice.id, next);
  return state.save<Invoice>({ ...invoice, auto_advance: next !== null, next_payment_attempt: next });
}

/** After the last try: what the settings of the account say. */
async function giveUp(work: Work, invoice: Invoice): Promise<void> {
  const subscription = await planOf(work, invoice);
  if (subscription.status === "canceled") return;
  const end = await lastFailure(work);
  if (end === "cancel") await endSubscription(work, subscription, "payment_failed");
  if (end === "mark_unpaid") await setStatus(work, invoice, ["past_due"], "unpaid");
}

import type { Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { day } from "../engine/time.ts";
import type { Decline, Invoice, InvoicePayment, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { afterFailure, afterPayment, isTriedAgain, subscriptionOf } from "./after-payment.ts";
import { behaviourOf } from "./cards.ts";
import { charge, createPayment } from "./payments.ts";

/** Days from one failed try to the next; after the last the subscription ends. */
const retryDays = [1, 3, 5, 7];

/** One try to collect an open invoice: paid, or failed and to be tried again. */
export async function collect(
  work: Work,
  invoice: Invoice,
  method: PaymentMethod,
  answer: "pays" | Decline,
): Promise<Invoice> {
  const tried = { ...invoice, attempted: true, attempt_count: invoice.attempt_count + 1 };
  if (invoice.amount_due === 0) return markPaid(work, tried);
  const link = await paymentOf(work, invoice);
  const payment = await work.state.get("payment_intent", link.payment.payment_intent);
  const after = await charge(work, payment, method, answer);
  if (after.status === "succeeded") return markPaid(work, tried, link);
  const failed = await markFailed(work, tried);
  if (answer !== "pays" && answer.code === "authentication_required")
    await emit(work, "invoice.payment_action_required", failed);
  return failed;
}

/** The try that time brings, with the card that is there. */
export async function collectOffSession(work: Work, invoice: Invoice): Promise<Invoice> {
  if (invoice.amount_due === 0) return markPaid(work, { ...invoice, attempted: true });
  const method = await methodOf(work, await subscriptionOf(work, invoice));
  if (!method)
    return markFailed(work, { ...invoice, attempted: true, attempt_count: invoice.attempt_count + 1 });
  return collect(work, invoice, method, (await behaviourOf(work, method.id)).offSession);
}

/** The card that is charged: the subscription's, else the customer's. */
export async function methodOf(
  { state }: Work,
  subscription: Subscription,
): Promise<PaymentMethod | undefined> {
  const customer = await state.get("customer", subscription.customer);
  const id = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return id ? state.find("payment_method", id) : undefined;
}

async function markPaid(work: Work, invoice: Invoice, link?: InvoicePayment): Promise<Invoice> {
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

async function markFailed(work: Work, invoice: Invoice): Promise<Invoice> {
  const { state, at } = work;
  const isRetried = await isTriedAgain(work, invoice);
  const wait = isRetried ? retryDays[invoice.attempt_count - 1] : undefined;
  const next = wait === undefined ? null : at + wait * day;
  const failed = await state.save<Invoice>({
    ...invoice,
    auto_advance: next !== null,
    next_payment_attempt: next,
  });
  if (isRetried) await state.setDue(invoice.id, next);
  await emit(work, "invoice.payment_failed", failed);
  await afterFailure(work, failed, isRetried && next === null);
  return failed;
}

/** The pair of an invoice and its payment, made at the first try. */
async function paymentOf(work: Work, invoice: Invoice): Promise<InvoicePayment> {
  const { state, at } = work;
  const [known] = await state.list("invoice_payment", { body: { invoice: invoice.id } });
  if (known) return known;
  const payment = await createPayment(work, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer,
    metadata: {},
    description:
      invoice.billing_reason === "subscription_create" ? "Subscription creation" : "Subscription update",
  });
  return state.insert<InvoicePayment>({
    id: newId("inpay", 24),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: at,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: "payment_intent", payment_intent: payment.id },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  });
}

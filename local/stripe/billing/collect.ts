import type { Decline } from "../engine/behaviour.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { Invoice, InvoicePayment, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type By, markFailed, markPaid, markProcessing } from "./invoice-outcomes.ts";
import { behaviourOf } from "./payment-methods.ts";
import { charge, createPayment } from "./payments.ts";
import { planOf } from "./plan-status.ts";
import { askBank } from "./three-d-secure.ts";

/** One try to collect an open invoice: paid, under way, or failed and perhaps to be tried again. */
export async function collect(
  work: Work,
  invoice: Invoice,
  method: PaymentMethod,
  answer: "pays" | Decline,
  by: By,
): Promise<Invoice> {
  const tried = attempted(invoice, by);
  if (invoice.amount_due === 0) return markPaid(work, tried);
  const link = await paymentOf(work, invoice);
  const payment = await work.state.get("payment_intent", link.payment.payment_intent);
  if (answer !== "pays" && answer.code === "authentication_required") {
    await askBank(work, payment, method, String(invoice.hosted_invoice_url));
    const failed = await markFailed(work, tried, by);
    await emit(work, "invoice.payment_action_required", failed);
    return failed;
  }
  await work.state.save(tried);
  const after = await charge(work, payment, method, answer);
  return (await concludeInvoice(work, after, by)) ?? tried;
}

/** The try that time brings, or a request that nobody is there for. */
export async function collectOffSession(work: Work, invoice: Invoice): Promise<Invoice> {
  if (invoice.amount_due === 0) return markPaid(work, { ...invoice, attempted: true });
  const method = await defaultMethod(work, invoice);
  if (!method) return markFailed(work, attempted(invoice, "time"), "time");
  return collect(work, invoice, method, (await behaviourOf(work, method.id)).offSession, "time");
}

export const defaultMethod = async (work: Work, invoice: Invoice): Promise<PaymentMethod | undefined> =>
  methodOf(work, await planOf(work, invoice));

/** What a plan is charged to: its own method, else its customer's. */
export async function methodOf(
  { state }: Work,
  subscription: Subscription,
): Promise<PaymentMethod | undefined> {
  const customer = await state.get("customer", subscription.customer);
  const id = subscription.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return id ? state.find("payment_method", id) : undefined;
}

/** What became of a payment is what becomes of the invoice it was for, if it was for one. */
export async function concludeInvoice(
  work: Work,
  payment: PaymentIntent,
  by: By,
): Promise<Invoice | undefined> {
  const body = { payment: { payment_intent: payment.id } };
  const [link] = await work.state.list("invoice_payment", { body });
  if (!link) return undefined;
  const invoice = await work.state.get("invoice", link.invoice);
  if (payment.status === "succeeded") return markPaid(work, invoice, link);
  return payment.status === "processing" ? markProcessing(work, invoice) : markFailed(work, invoice, by);
}

/** Only time's tries are counted, and the first of all: those of a customer do not shorten the schedule. */
const attempted = (invoice: Invoice, by: By): Invoice => ({
  ...invoice,
  attempted: true,
  attempt_count: by === "time" ? invoice.attempt_count + 1 : Math.max(1, invoice.attempt_count),
});

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

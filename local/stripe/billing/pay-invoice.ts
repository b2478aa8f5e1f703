import type { Decline } from "../engine/behaviour.ts";
import { cardRefused, invalid, missingResource } from "../engine/errors.ts";
import type { Invoice, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type CardForm, readCard, storeCard } from "./cards.ts";
import { collect, defaultMethod } from "./collect.ts";
import { finalizeInvoice } from "./invoicing.ts";
import { behaviourOf } from "./payment-methods.ts";
import { needsHolder } from "./test-cards.ts";
import type { FormProblem } from "./typed-method.ts";

type Payment = { method: PaymentMethod | undefined; isOffSession: boolean };
type Tried = { invoice: Invoice; method: PaymentMethod; refusal: Decline | null };

const asksHolder: Decline = {
  code: "invoice_payment_intent_requires_action",
  message:
    "This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.",
};

/** What its owner asks for: one try now. */
export async function payInvoice(work: Work, invoice: Invoice, payment: Payment): Promise<Invoice> {
  const reason = await refusalOf(work, invoice);
  if (reason) throw invalid(reason);
  const { invoice: after, method, refusal } = await tryStored(work, invoice, payment);
  if (!refusal) return after;
  throw cardRefused(refusal.code === needsHolder.code ? asksHolder : refusal, { payment_method: method });
}

/** One try with what the invoice is charged to anyway, or with another method that its customer keeps. */
async function tryStored(
  work: Work,
  invoice: Invoice,
  { method: given, isOffSession }: Payment,
): Promise<Tried> {
  const open = invoice.status === "draft" ? await finalizeInvoice(work, invoice) : invoice;
  const method = given ?? (await defaultMethod(work, open));
  if (!method)
    throw invalid(
      `Invoice with ID '${open.id}' can't be paid. There is no default_payment_method set on this Customer or Subscription.`,
    );
  const { offSession, asks, delay } = await behaviourOf(work, method.id);
  const answer = asks && !isOffSession ? needsHolder : offSession;
  const after = await collect(work, open, method, answer, "hand");
  return { invoice: after, method, refusal: answer === "pays" || delay !== undefined ? null : answer };
}

/** What a customer does on the invoice's page with the method he has stored. Answers with where to go on. */
export async function payInvoiceByStored(
  work: Work,
  id: string,
): Promise<{ next: string } | { problem: string }> {
  const invoice = await issuedInvoice(work, id);
  const page = { next: `/invoice/${id}` };
  if (await refusalOf(work, invoice)) return page;
  const { refusal } = await tryStored(work, invoice, { method: undefined, isOffSession: false });
  if (refusal?.code === needsHolder.code) return { next: `/3ds/${(await paymentOf(work, invoice))?.id}` };
  return refusal ? { problem: refusal.message } : page;
}

/** What a customer does on the invoice's page: a card of his pays it, and is kept. Nothing owed, nothing done. */
export async function payInvoiceByCard(work: Work, id: string, form: CardForm): Promise<FormProblem | null> {
  const invoice = await issuedInvoice(work, id);
  if (await refusalOf(work, invoice)) return null;
  const card = readCard(form, work.at);
  if ("message" in card) return card;
  await collect(work, invoice, await storeCard(work, card, invoice.customer), "pays", "hand");
  return null;
}

/** A draft has no page, as with Stripe. */
export async function issuedInvoice({ state }: Work, id: string): Promise<Invoice> {
  const invoice = await state.get("invoice", id);
  if (invoice.number === null) throw missingResource("invoice", id);
  return invoice;
}

/** The payment of an invoice that was tried once at least. */
export async function paymentOf({ state }: Work, { id }: Invoice): Promise<PaymentIntent | undefined> {
  const [link] = await state.list("invoice_payment", { body: { invoice: id } });
  return link && state.get("payment_intent", link.payment.payment_intent);
}

/** Why an invoice cannot be paid as things are: nobody owes it, or its bank is being asked. */
export async function refusalOf(work: Work, invoice: Invoice): Promise<string | undefined> {
  if (invoice.status === "paid" || invoice.status === "void") return `Invoice is already ${invoice.status}`;
  const customer = await work.state.find("customer", invoice.customer);
  if (customer?.deleted === true) return "The customer of this invoice was deleted.";
  const isAsked = (await paymentOf(work, invoice))?.status === "processing";
  return isAsked ? "A payment of this invoice is processing." : undefined;
}

import type { Decline } from "../engine/behaviour.ts";
import { cardRefused, invalid } from "../engine/errors.ts";
import type { Invoice, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { type CardForm, readCard, storeCard } from "./cards.ts";
import { collect, defaultMethod } from "./collect.ts";
import { finalizeInvoice } from "./invoicing.ts";
import { behaviourOf } from "./payment-methods.ts";
import { needsHolder } from "./test-cards.ts";
import type { FormProblem } from "./typed-method.ts";

type Payment = { method: PaymentMethod | undefined; isOffSession: boolean };

const asksHolder: Decline = {
  code: "invoice_payment_intent_requires_action",
  message:
    "This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.",
};

/** What its owner asks for: one try now, with what the invoice is charged to anyway or with another method. */
export async function payInvoice(
  work: Work,
  invoice: Invoice,
  { method: given, isOffSession }: Payment,
): Promise<Invoice> {
  const refusal = await refusalOf(work, invoice);
  if (refusal) throw invalid(refusal);
  const open = invoice.status === "draft" ? await finalizeInvoice(work, invoice) : invoice;
  const method = given ?? (await defaultMethod(work, open));
  if (!method)
    throw invalid(
      `Invoice with ID '${open.id}' can't be paid. There is no default_payment_method set on this Customer or Subscription.`,
    );
  const { offSession, byHand, asks } = await behaviourOf(work, method.id);
  const answer = isOffSession ? offSession : asks ? needsHolder : byHand;
  const after = await collect(work, open, method, answer, "hand");
  if (after.status === "paid" || (await isUnderWay(work, after))) return after;
  throw cardRefused(answer === "pays" || answer.code === needsHolder.code ? asksHolder : answer, {
    payment_method: method,
  });
}

/** What a customer does on the invoice's page: a card of his pays it, and is kept. Nothing owed, nothing done. */
export async function payInvoiceByCard(work: Work, id: string, form: CardForm): Promise<FormProblem | null> {
  const invoice = await work.state.get("invoice", id);
  if (await refusalOf(work, invoice)) return null;
  const card = readCard(form, work.at);
  if ("message" in card) return card;
  await collect(work, invoice, await storeCard(work, card, invoice.customer), "pays", "hand");
  return null;
}

/** The payment of an invoice that was tried once at least. */
export async function paymentOf({ state }: Work, { id }: Invoice): Promise<PaymentIntent | undefined> {
  const [link] = await state.list("invoice_payment", { body: { invoice: id } });
  return link && state.get("payment_intent", link.payment.payment_intent);
}

/** While a bank is asked, nobody pays a second time. */
const isUnderWay = async (work: Work, invoice: Invoice): Promise<boolean> =>
  (await paymentOf(work, invoice))?.status === "processing";

async function refusalOf(work: Work, invoice: Invoice): Promise<string | undefined> {
  if (invoice.status === "paid" || invoice.status === "void") return `Invoice is already ${invoice.status}`;
  return (await isUnderWay(work, invoice)) ? "A payment of this invoice is processing." : undefined;
}

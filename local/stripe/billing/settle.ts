import { emit } from "../engine/events.ts";
import type { CheckoutSession, Invoice, PaymentIntent } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { concludeInvoice } from "./collect.ts";
import { settleDebit } from "./payments.ts";

/** A bank has answered: the payment ends, then the invoice it was for, then the checkout that began with it. */
export async function settlePayment(work: Work, id: string): Promise<void> {
  const payment = await settleDebit(work, await work.state.get("payment_intent", id));
  const invoice = await concludeInvoice(work, payment);
  await concludeSession(work, payment, invoice);
}

/** Only the first answer is told of a checkout; what becomes of an invoice later is not its concern. */
async function concludeSession(
  work: Work,
  payment: PaymentIntent,
  invoice: Invoice | undefined,
): Promise<void> {
  const body = invoice ? { invoice: invoice.id } : { payment_intent: payment.id };
  const [session] = await work.state.list("checkout.session", { body });
  if (!session || (invoice && invoice.attempt_count > 1)) return;
  if (payment.status !== "succeeded") {
    await emit(work, "checkout.session.async_payment_failed", session);
    return;
  }
  const paid = await work.state.save<CheckoutSession>({ ...session, payment_status: "paid" });
  await emit(work, "checkout.session.async_payment_succeeded", paid);
}

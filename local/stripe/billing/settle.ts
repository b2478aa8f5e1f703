import type { CheckoutSession } from "../engine/checkout-types.ts";
import { emit } from "../engine/events.ts";
import type { Invoice, PaymentIntent } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { notAuthenticated } from "./cards.ts";
import { concludeInvoice } from "./collect.ts";
import { charge, settleDebit } from "./payments.ts";
import { askedPayment } from "./three-d-secure.ts";

/** A bank has answered: the payment ends, then the invoice it was for, then the checkout that began with it. */
export async function settlePayment(work: Work, id: string): Promise<void> {
  const payment = await settleDebit(work, await work.state.get("payment_intent", id));
  const invoice = await concludeInvoice(work, payment, "time");
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

/** The holder has answered his bank: the card pays or is refused. Answers with the address to go on to. */
export async function answerBank(work: Work, id: string, isHolder: boolean): Promise<string> {
  const { payment, method, returnUrl } = await askedPayment(work, id);
  const code = "payment_intent_authentication_failure";
  const after = await charge(
    work,
    payment,
    await work.state.get("payment_method", method),
    isHolder ? "pays" : { message: notAuthenticated, code, decline_code: "authentication_required" },
  );
  await concludeInvoice(work, after, "hand");
  const back = new URL(returnUrl);
  back.searchParams.set("payment_intent", id);
  return back.href;
}

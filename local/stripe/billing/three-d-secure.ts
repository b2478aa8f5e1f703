import { missingResource } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import type { PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { notAuthenticated } from "./cards.ts";
import { charge } from "./payments.ts";

/** A payment whose holder is there, and whom the bank asks before it lets the card pay. */
export async function askBank(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  returnUrl: string,
): Promise<PaymentIntent> {
  const url = `${work.state.publicUrl}/3ds/${payment.id}`;
  const asked = await work.state.save<PaymentIntent>({
    ...payment,
    next_action: { redirect_to_url: { return_url: returnUrl, url }, type: "redirect_to_url" },
    payment_method: method.id,
    status: "requires_action",
  });
  await emit(work, "payment_intent.requires_action", asked);
  return asked;
}

/** The payment that waits for an answer to the bank; there is nothing to answer in any other. */
export async function askedPayment({ state }: Work, id: string) {
  const payment = await state.get("payment_intent", id);
  const { next_action: asked, payment_method: method } = payment;
  if (!asked || !method) throw missingResource("payment_intent", id);
  return { payment, method, returnUrl: asked.redirect_to_url.return_url };
}

/** The holder has answered: the card pays or is refused. Answers with the address to go on to. */
export async function answerBank(work: Work, id: string, isHolder: boolean): Promise<string> {
  const { payment, method, returnUrl } = await askedPayment(work, id);
  const code = "payment_intent_authentication_failure";
  await charge(
    work,
    { ...payment, next_action: null },
    await work.state.get("payment_method", method),
    isHolder ? "pays" : { message: notAuthenticated, code, decline_code: "authentication_required" },
  );
  const back = new URL(returnUrl);
  back.searchParams.set("payment_intent", id);
  return back.href;
}

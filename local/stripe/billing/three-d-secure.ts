import { missingResource } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import type { PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

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

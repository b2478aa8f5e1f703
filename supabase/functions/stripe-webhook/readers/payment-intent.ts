import type Stripe from "stripe";
import { idOf, isoTime, paymentState } from "../../_shared/stripe-fields.ts";

/** Only what our own top-ups carry in their metadata names a pack. */
export async function readPaymentIntent(stripe: Stripe, id: string) {
  return paymentIntentFacts(await stripe.paymentIntents.retrieve(id));
}

export function paymentIntentFacts(intent: Stripe.PaymentIntent) {
  return {
    payment_intent: intent.id,
    ...paymentState(intent),
    customer: idOf(intent.customer),
    account_id: intent.metadata.account_id ?? null,
    pack: intent.metadata.pack ?? null,
    topup: intent.metadata.topup ?? null,
    amount: intent.amount,
    amount_received: intent.amount_received,
    currency: intent.currency,
    created: isoTime(intent.created),
  };
}

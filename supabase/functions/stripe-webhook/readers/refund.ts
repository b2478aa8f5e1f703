import type Stripe from "stripe";
import { customerOf, idOf, isoTime } from "../../_shared/stripe-fields.ts";

export async function readRefund(stripe: Stripe, id: string) {
  const refund = await stripe.refunds.retrieve(id, { expand: ["charge"] });
  return refundFacts(refund, customerOf(refund.charge));
}

export function refundFacts(refund: Stripe.Refund, customer: string | null) {
  return {
    id: refund.id,
    status: refund.status ?? "pending", // Stripe may not know yet, but the money is on its way
    customer,
    payment_intent: idOf(refund.payment_intent),
    amount: refund.amount,
    currency: refund.currency,
    reason: refund.reason,
    created: isoTime(refund.created),
  };
}

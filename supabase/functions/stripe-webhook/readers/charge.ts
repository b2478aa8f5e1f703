import type Stripe from "stripe";
import { idOf } from "../../_shared/stripe-fields.ts";
import { refundFacts } from "./refund.ts";

/** A charge adds its refunds up; here each of them counts, so that all are read. */
export async function readCharge(stripe: Stripe, id: string) {
  const charge = await stripe.charges.retrieve(id);
  const refunds = await Array.fromAsync(stripe.refunds.list({ charge: id, limit: 100 }));
  const customer = idOf(charge.customer);
  return {
    id: charge.id,
    customer,
    payment_intent: idOf(charge.payment_intent),
    refunds: refunds.map((refund) => refundFacts(refund, customer)),
  };
}

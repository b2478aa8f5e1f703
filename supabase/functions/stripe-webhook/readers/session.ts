import type Stripe from "stripe";
import { catalogKeys, idOf, isoTime, paymentState } from "../../_shared/stripe-fields.ts";

export async function readSession(stripe: Stripe, id: string) {
  return sessionFacts(
    await stripe.checkout.sessions.retrieve(id, { expand: ["line_items", "payment_intent"] }),
  );
}

/** A session sells one thing; of several lines none is named, and the database parks it. */
export function sessionFacts(session: Stripe.Checkout.Session) {
  const lines = session.line_items?.data ?? [];
  const line = lines.length === 1 ? lines[0] : undefined;
  const { price, pack } = catalogKeys(line?.price ?? null);
  return {
    id: session.id,
    mode: session.mode,
    status: session.status,
    payment_status: session.payment_status,
    customer: idOf(session.customer),
    account_id: session.metadata?.account_id ?? guestReference(session),
    pack,
    price,
    quantity: line?.quantity ?? null,
    amount_subtotal: session.amount_subtotal,
    amount_total: session.amount_total,
    currency: session.currency,
    subscription: idOf(session.subscription),
    payment_intent: idOf(session.payment_intent),
    ...paymentState(session.payment_intent),
    created: isoTime(session.created),
  };
}

/** Whoever opens a payment link writes its reference: that may give an account something, not link a customer to it. */
const guestReference = ({ customer, client_reference_id }: Stripe.Checkout.Session) =>
  customer === null ? client_reference_id : null;

import type Stripe from "stripe";
import { customerOf, idOf, isoTime, isoTimeOrNull } from "../../_shared/stripe-fields.ts";

export async function readDispute(stripe: Stripe, id: string) {
  return disputeFacts(await stripe.disputes.retrieve(id, { expand: ["charge"] }));
}

/** Its charge has to be expanded. */
export function disputeFacts(dispute: Stripe.Dispute) {
  return {
    id: dispute.id,
    status: dispute.status,
    customer: customerOf(dispute.charge),
    payment_intent: idOf(dispute.payment_intent),
    amount: dispute.amount,
    currency: dispute.currency,
    reason: dispute.reason,
    evidence_due_at: isoTimeOrNull(dispute.evidence_details.due_by),
    created: isoTime(dispute.created),
  };
}

import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { day, soon } from "../engine/time.ts";
import type { Charge, Metadata, MethodDetails, Refund } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { behaviourOf } from "./payment-methods.ts";

type NewRefund = {
  charge: Charge;
  amount: number;
  reason: string | null;
  metadata: Metadata;
  /** Of a payment method that cannot take money back: its holder is asked, by this e-mail, where it should go. */
  instructionsEmail: string | null;
};

/** Gives back a part of a charge that is still there to be given. */
export async function createRefund(work: Work, given: NewRefund): Promise<Refund> {
  const { charge, amount } = given;
  const { refund: course } = await behaviourOf(work, charge.payment_method);
  const { type } = await work.state.get("payment_method", charge.payment_method);
  const refund = newRefund(work, given, destinations[type], course === "pending");
  const dueAt = refund.status === "requires_action" ? work.at + 45 * day : course && work.at + soon;
  await work.state.insert(refund, {}, dueAt);
  await emit(work, "refund.created", refund);
  await update(work, "charge.refunded", charge, withRefunded(charge, charge.amount_refunded + amount));
  return refund;
}

/** What time does to a refund: the bank takes it, or sends it back; instructions that nobody followed end it. */
export async function settleRefund(work: Work, refund: Refund): Promise<void> {
  if (refund.status === "pending") {
    const { pending_reason: _, ...rest } = refund;
    await changed(work, refund, { ...rest, status: "succeeded" });
    return;
  }
  const failed: Refund = {
    ...refund,
    status: "failed",
    failure_reason: refund.status === "succeeded" ? "expired_or_canceled_card" : "unknown",
  };
  await emit(work, "refund.failed", failed, refund);
  await changed(work, refund, failed);
  await giveBack(work, refund);
}

/** Only what waits for the customer can be stopped; the caller has checked that. */
export async function cancelRefund(work: Work, refund: Refund): Promise<Refund> {
  const { next_action: _, ...rest } = refund;
  const canceled = await changed(work, refund, {
    ...rest,
    status: "canceled",
    failure_reason: "merchant_request",
  });
  await work.state.setDue(refund.id, null);
  await giveBack(work, refund);
  return canceled;
}

/** Says it in both of Stripe's words: `refund.updated`, and the older one that names the charge. */
export async function changed(work: Work, before: Refund, after: Refund): Promise<Refund> {
  const saved = await update(work, "refund.updated", before, after);
  if (saved !== before) await emit(work, "charge.refund.updated", saved, before);
  return saved;
}

/** Money that did not arrive is ours again, and can be refunded again. */
async function giveBack(work: Work, { charge: id, amount }: Refund): Promise<void> {
  const charge = await work.state.get("charge", id);
  await update(work, "charge.updated", charge, withRefunded(charge, charge.amount_refunded - amount));
}

const withRefunded = (charge: Charge, refunded: number): Charge => ({
  ...charge,
  amount_refunded: refunded,
  refunded: refunded === charge.amount,
});

/** Where money goes back to. */
const destinations: Record<MethodDetails["type"], object> = {
  card: { card: { type: "refund" }, type: "card" },
  us_bank_account: {
    type: "us_bank_transfer",
    us_bank_transfer: { reference: null, reference_status: null },
  },
};

function newRefund(work: Work, given: NewRefund, destination: object, isPending: boolean): Refund {
  const { charge, instructionsEmail: email } = given;
  return {
    id: newId("re", 24),
    object: "refund",
    amount: given.amount,
    balance_transaction: null,
    charge: charge.id,
    created: work.at,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: given.metadata,
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
    ...(!email && { destination_details: destination }),
    ...(isPending && { status: "pending", pending_reason: "processing" }),
    ...(email && {
      status: "requires_action",
      instructions_email: email,
      next_action: {
        display_details: {
          email_sent: { email_sent_at: work.at, email_sent_to: email },
          expires_at: work.at + 45 * day,
        },
        type: "display_details",
      },
    }),
  };
}

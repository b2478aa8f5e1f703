import type { Decline } from "../engine/behaviour.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { soon } from "../engine/time.ts";
import type { Charge, Metadata, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { newCharge, withOutcome } from "./charges.ts";
import { behaviourOf } from "./payment-methods.ts";

type NewPayment = {
  amount: number;
  currency: string;
  customer: string | null;
  metadata: Metadata;
  description: string | null;
};

/** A payment that was not tried yet. */
export async function createPayment(work: Work, payment: NewPayment): Promise<PaymentIntent> {
  const id = newId("pi", 24);
  return work.state.insert<PaymentIntent>({
    id,
    object: "payment_intent",
    allowed_payment_method_types: null,
    amount: payment.amount,
    amount_capturable: 0,
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: "automatic_async",
    client_secret: newId(`${id}_secret`, 25),
    confirmation_method: "automatic",
    created: work.at,
    currency: payment.currency,
    customer: payment.customer,
    customer_account: null,
    description: payment.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: payment.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: methodTypes(payment.currency),
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "requires_payment_method",
    transfer_group: null,
  });
}

/** What can pay in a currency: the bank accounts are American. */
export const methodTypes = (currency: string): string[] =>
  currency === "usd" ? ["card", "us_bank_account"] : ["card"];

/** One try to take the money: a card answers at once, a bank account later. A decline leaves the payment open. */
export async function charge(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  answer: "pays" | Decline,
): Promise<PaymentIntent> {
  const { dispute, delay } = await behaviourOf(work, method.id);
  if (delay !== undefined) return debit(work, payment, method, delay);
  const decline = answer === "pays" ? null : answer;
  const made = newCharge(work, payment, method, decline);
  await work.state.insert(made, {}, dispute && !decline ? work.at + soon : undefined);
  return conclude(work, payment, method, made, decline);
}

/** The bank is asked; until it answers, the payment is neither made nor failed. */
async function debit(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  delay: number | null,
): Promise<PaymentIntent> {
  const { state, at } = work;
  const pending = await state.insert(newCharge(work, payment, method, "pending"));
  await emit(work, "charge.pending", pending);
  const processing = await state.save<PaymentIntent>({
    ...payment,
    last_payment_error: null,
    latest_charge: pending.id,
    next_action: null,
    payment_method: method.id,
    status: "processing",
  });
  await state.setDue(payment.id, delay === null ? null : at + delay);
  await emit(work, "payment_intent.processing", processing);
  return processing;
}

/** The bank has answered. */
export async function settleDebit(work: Work, payment: PaymentIntent): Promise<PaymentIntent> {
  const { state } = work;
  const method = await state.get("payment_method", String(payment.payment_method));
  const { byHand: answer } = await behaviourOf(work, method.id);
  const decline = answer === "pays" ? null : answer;
  const pending = await state.get("charge", String(payment.latest_charge));
  const settled = await state.save(withOutcome(pending, decline));
  return conclude(work, payment, method, settled, decline);
}

async function conclude(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  made: Charge,
  decline: Decline | null,
): Promise<PaymentIntent> {
  await emit(work, decline ? "charge.failed" : "charge.succeeded", made);
  const after = await work.state.save<PaymentIntent>({
    ...payment,
    amount_received: decline ? 0 : payment.amount,
    last_payment_error: decline && {
      type: method.type === "card" ? "card_error" : "invalid_request_error",
      ...decline,
      charge: made.id,
      payment_method: method,
    },
    latest_charge: made.id,
    next_action: null,
    payment_method: decline ? null : method.id,
    status: decline ? "requires_payment_method" : "succeeded",
  });
  await emit(work, decline ? "payment_intent.payment_failed" : "payment_intent.succeeded", after);
  return after;
}

/** Stops a payment that was not made. */
export async function cancelPayment(
  work: Work,
  payment: PaymentIntent,
  reason: string | null,
): Promise<PaymentIntent> {
  const { state, at } = work;
  if (payment.status === "processing") {
    const pending = await state.get("charge", String(payment.latest_charge));
    const stopped = { code: "charge_canceled", message: "The payment was canceled." };
    await emit(work, "charge.failed", await state.save(withOutcome(pending, stopped)));
  }
  const canceled = await state.save<PaymentIntent>({
    ...payment,
    canceled_at: at,
    next_action: null,
    cancellation_reason: reason,
    status: "canceled",
  });
  await state.setDue(payment.id, null);
  await emit(work, "payment_intent.canceled", canceled);
  return canceled;
}

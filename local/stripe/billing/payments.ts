import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { soon } from "../engine/time.ts";
import type { Charge, Decline, Metadata, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
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
    payment_method_types: ["card"],
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

/** One try to take the money. A decline leaves the payment open for the next one. */
export async function charge(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  answer: "pays" | Decline,
): Promise<PaymentIntent> {
  const { state } = work;
  const decline = answer === "pays" ? null : answer;
  const { dispute } = await behaviourOf(work, method.id);
  const dueAt = dispute && !decline ? work.at + soon : undefined;
  const made = await state.insert(newCharge(work, payment, method, decline), {}, dueAt);
  await emit(work, decline ? "charge.failed" : "charge.succeeded", made);
  const after = await state.save<PaymentIntent>({
    ...payment,
    amount_received: decline ? 0 : payment.amount,
    last_payment_error: decline && {
      type: "card_error",
      ...decline,
      charge: made.id,
      payment_method: method,
    },
    latest_charge: made.id,
    payment_method: decline ? null : method.id,
    status: decline ? "requires_payment_method" : "succeeded",
  });
  await emit(work, decline ? "payment_intent.payment_failed" : "payment_intent.succeeded", after);
  return after;
}

function newCharge(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  decline: Decline | null,
): Charge {
  const { card } = method;
  return {
    id: newId("ch", 24),
    object: "charge",
    amount: payment.amount,
    amount_captured: decline ? 0 : payment.amount,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "LOCAL SANDBOX",
    captured: !decline,
    created: work.at,
    currency: payment.currency,
    customer: payment.customer,
    description: payment.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: payment.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: decline ? "declined_by_network" : "approved_by_network",
      reason: decline?.decline_code ?? null,
      risk_level: "normal",
      seller_message: decline ? "The bank did not return any further details." : "Payment complete.",
      type: decline ? "issuer_declined" : "authorized",
    },
    paid: !decline,
    payment_intent: payment.id,
    payment_method: method.id,
    payment_method_details: {
      type: "card",
      card: {
        amount_authorized: decline ? null : payment.amount,
        authorization_code: null,
        brand: card.brand,
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
        country: "US",
        electronic_commerce_indicator: null,
        exp_month: card.exp_month,
        exp_year: card.exp_year,
        funding: "credit",
        installments: null,
        last4: card.last4,
        mandate: null,
        network: card.brand,
        network_transaction_id: null,
        regulated_status: "unregulated",
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
    },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? "failed" : "succeeded",
    transfer_data: null,
    transfer_group: null,
  };
}

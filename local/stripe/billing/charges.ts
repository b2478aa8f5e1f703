import type { Decline } from "../engine/behaviour.ts";
import { newId } from "../engine/ids.ts";
import type { Charge, PaymentIntent, PaymentMethod } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

/** What a bank has said of a charge: null that it gives the money. */
type Outcome = Decline | "pending" | null;

/** A charge as Stripe answers it, every field of the schema. */
export function newCharge(
  work: Work,
  payment: PaymentIntent,
  method: PaymentMethod,
  outcome: Outcome,
): Charge {
  const id = newId("ch", 24);
  const charge: Charge = {
    id,
    object: "charge",
    amount: payment.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: "LOCAL SANDBOX",
    captured: false,
    created: work.at,
    currency: payment.currency,
    customer: payment.customer,
    description: payment.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: payment.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: payment.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method),
    receipt_email: null,
    receipt_number: null,
    receipt_url: `${work.state.publicUrl}/receipt/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: "pending",
    transfer_data: null,
    transfer_group: null,
  };
  return outcome === "pending" ? charge : withOutcome(charge, outcome);
}

/** The charge once its bank has answered. */
export function withOutcome(charge: Charge, decline: Decline | null): Charge {
  return {
    ...charge,
    amount_captured: decline ? 0 : charge.amount,
    captured: !decline,
    receipt_url: decline ? null : charge.receipt_url,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
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
    status: decline ? "failed" : "succeeded",
  };
}

function methodDetails(method: PaymentMethod) {
  if (method.type === "us_bank_account") {
    const { account_holder_type, account_type, bank_name, fingerprint, last4, routing_number } =
      method.us_bank_account;
    return {
      type: method.type,
      us_bank_account: {
        account_holder_type,
        account_type,
        bank_name,
        fingerprint,
        last4,
        payment_reference: null,
        routing_number,
      },
    };
  }
  const { brand, exp_month, exp_year, last4 } = method.card;
  return {
    type: method.type,
    card: {
      amount_authorized: null,
      authorization_code: null,
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      electronic_commerce_indicator: null,
      exp_month,
      exp_year,
      funding: "credit",
      installments: null,
      last4,
      mandate: null,
      network: brand,
      network_transaction_id: null,
      regulated_status: "unregulated",
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  };
}

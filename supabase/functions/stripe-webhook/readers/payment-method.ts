import type Stripe from "stripe";
import { fingerprintSha256 } from "../../_shared/fingerprint.ts";
import { accountIdOf, idOf } from "../../_shared/stripe-fields.ts";

/** What pages show of it. */
export async function readPaymentMethod(stripe: Stripe, id: string, formerCustomer: string | null) {
  const method = await stripe.paymentMethods.retrieve(id, { expand: ["customer"] });
  return paymentMethodFacts(method, formerCustomer);
}

export async function paymentMethodFacts(method: Stripe.PaymentMethod, formerCustomer: string | null) {
  return {
    id: method.id,
    customer: idOf(method.customer) ?? formerCustomer,
    account_id: accountIdOf(method.customer),
    is_attached: method.customer !== null,
    type: method.type,
    brand: method.card?.brand ?? null,
    last4: (method.card ?? method.us_bank_account ?? method.sepa_debit)?.last4 ?? null,
    exp_month: method.card?.exp_month ?? null,
    exp_year: method.card?.exp_year ?? null,
    fingerprint_sha256: await fingerprintSha256(method),
  };
}

import type Stripe from "stripe";
import { sha256 } from "../../_shared/stripe-event.ts";
import { accountIdOf, idOf } from "../../_shared/stripe-fields.ts";

/** What pages show of it, and a hash of the fingerprint, which itself is not taken. */
export async function readPaymentMethod(stripe: Stripe, id: string, formerCustomer: string | null) {
  const method = await stripe.paymentMethods.retrieve(id, { expand: ["customer"] });
  return paymentMethodFacts(method, formerCustomer);
}

export async function paymentMethodFacts(method: Stripe.PaymentMethod, formerCustomer: string | null) {
  const details = method.card ?? method.us_bank_account ?? method.sepa_debit;
  return {
    id: method.id,
    customer: idOf(method.customer) ?? formerCustomer,
    account_id: accountIdOf(method.customer),
    is_attached: method.customer !== null,
    type: method.type,
    brand: method.card?.brand ?? null,
    last4: details?.last4 ?? null,
    exp_month: method.card?.exp_month ?? null,
    exp_year: method.card?.exp_year ?? null,
    fingerprint_hash: await fingerprintHash(details?.fingerprint),
  };
}

/** Tells the same card again without telling which it is. */
async function fingerprintHash(fingerprint: string | null | undefined): Promise<string | null> {
  return fingerprint ? sha256(new TextEncoder().encode(fingerprint)) : null;
}

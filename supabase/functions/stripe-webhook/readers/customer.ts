import type Stripe from "stripe";
import { idOf } from "../../_shared/stripe-fields.ts";

export async function readCustomer(stripe: Stripe, id: string) {
  return customerFacts(await stripe.customers.retrieve(id));
}

export function customerFacts(customer: Stripe.Customer | Stripe.DeletedCustomer) {
  if (customer.deleted)
    return { customer: customer.id, account_id: null, deleted: true, default_payment_method: null };
  return {
    customer: customer.id,
    account_id: customer.metadata.account_id ?? null,
    deleted: false,
    default_payment_method: idOf(customer.invoice_settings.default_payment_method),
  };
}

import type Stripe from "stripe";
import { idOf } from "../../_shared/stripe-fields.ts";

export async function readCustomer(stripe: Stripe, id: string) {
  const customer = await stripe.customers.retrieve(id);
  if (customer.deleted)
    return { customer: id, account_id: null, deleted: true, default_payment_method: null };
  return {
    customer: id,
    account_id: customer.metadata.account_id ?? null,
    deleted: false,
    default_payment_method: idOf(customer.invoice_settings.default_payment_method),
  };
}

import type Stripe from "stripe";
import { catalogKeys, idOf, isDeleted } from "../../_shared/stripe-fields.ts";

/** Null for a price that was removed. */
export async function readPrice(stripe: Stripe, id: string) {
  const price = await stripe.prices.retrieve(id);
  return isDeleted(price) ? null : priceFacts(price);
}

export function priceFacts(price: Stripe.Price) {
  return {
    id: price.id,
    ...catalogKeys(price),
    product: idOf(price.product),
    lookup_key: price.lookup_key,
    unit_amount: price.unit_amount,
    currency: price.currency,
    interval: price.recurring?.interval ?? null,
    active: price.active,
  };
}

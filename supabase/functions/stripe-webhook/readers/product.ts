import type Stripe from "stripe";
import { isDeleted } from "../../_shared/stripe-fields.ts";

/** Null for a product that was removed. */
export async function readProduct(stripe: Stripe, id: string) {
  const product = await stripe.products.retrieve(id);
  return isDeleted(product) ? null : productFacts(product);
}

export function productFacts(product: Stripe.Product) {
  return { id: product.id, name: product.name, active: product.active };
}

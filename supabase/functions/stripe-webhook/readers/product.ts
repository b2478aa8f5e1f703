import type Stripe from "stripe";
import { isDeleted } from "../../_shared/stripe-fields.ts";

/** Null for a product that was removed. */
export async function readProduct(stripe: Stripe, id: string) {
  const product = await stripe.products.retrieve(id);
  if (isDeleted(product)) return null;
  return { id: product.id, name: product.name, active: product.active };
}

import type Stripe from "stripe";

/** What Stripe sells under a lookup key: one price at most is active under each. */
export async function soldPrice(stripe: Stripe, lookupKey: string): Promise<Stripe.Price | undefined> {
  const { data } = await stripe.prices.list({ lookup_keys: [lookupKey], active: true, limit: 1 });
  return data[0];
}

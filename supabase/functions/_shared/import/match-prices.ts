import type Stripe from "stripe";
import type { Services } from "./import-customers.ts";

type PriceOptions = { isDryRun: boolean; prices: Map<string, string> };
export type PriceMatcher = ReturnType<typeof priceMatcher>;

/**
 * Which price of the catalog a price of the account is: by the mapping that was given, or by its metadata or lookup key.
 * That is written into its metadata, where the webhook reads it. Answers what keeps it from being one; null: nothing.
 */
export function priceMatcher({ stripe, rpc, tell }: Services, { isDryRun, prices }: PriceOptions) {
  const answered = new Map<string, Promise<string | null>>();

  async function match(price: Stripe.Price): Promise<string | null> {
    let problem: string | null = null;
    const given = prices.get(price.id);
    for (const name of given ? [given] : [price.metadata.price, price.lookup_key]) {
      if (!name) continue;
      const [found] = await rpc("match_price", { name, ...termsOf(price) });
      problem = found?.problem ? `${price.id}: ${found.problem}` : null;
      if (problem === null && typeof found?.price_key === "string") return keep(price, found.price_key);
    }
    return problem ?? `${price.id} is no price of the catalog, and --prices does not name it`;
  }

  async function keep(price: Stripe.Price, key: string): Promise<null> {
    if (price.metadata.price === key) return null;
    if (!isDryRun) await stripe.prices.update(price.id, { metadata: { price: key } });
    tell(`${price.id} is ${key}: metadata.price ${isDryRun ? "would be" : "was"} written at Stripe`);
    return null;
  }

  return (price: Stripe.Price): Promise<string | null> => {
    const known = answered.get(price.id) ?? match(price);
    answered.set(price.id, known);
    return known;
  };
}

/** A price of several months, by use or in tiers is none of ours: no interval or amount here is like it. */
function termsOf({ unit_amount, currency, recurring }: Stripe.Price) {
  const { interval, interval_count: count } = recurring ?? { interval: null, interval_count: 1 };
  return {
    price_cents: unit_amount,
    currency,
    billing_interval: count === 1 ? interval : `${count} ${interval}s`,
  };
}

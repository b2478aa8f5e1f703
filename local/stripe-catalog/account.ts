import type Stripe from "stripe";

/** What a Stripe account has, as far as the catalog may concern it; kept up to date while it is mended. */
export type Account = {
  stripe: Stripe;
  products: Map<string, Stripe.Product>;
  prices: Map<string, Stripe.Price>;
  portals: Stripe.BillingPortal.Configuration[];
  endpoints: Stripe.WebhookEndpoint[];
};

/** Endpoints are looked at where one is wanted: they say where other services of the account are. */
export async function readAccount(stripe: Stripe, hasEndpoint: boolean): Promise<Account> {
  // Stripe leaves the products of a portal out unless it is asked for them.
  const expand = ["data.features.subscription_update.products"];
  const [products, prices, portals, endpoints] = await Promise.all([
    Array.fromAsync(stripe.products.list({ limit: 100 })),
    Array.fromAsync(stripe.prices.list({ limit: 100 })),
    Array.fromAsync(stripe.billingPortal.configurations.list({ active: true, limit: 100, expand })),
    hasEndpoint ? Array.fromAsync(stripe.webhookEndpoints.list({ limit: 100 })) : [],
  ]);
  return { stripe, products: byId(products), prices: byId(prices), portals, endpoints };
}

const byId = <T extends { id: string }>(objects: T[]) => new Map(objects.map((one) => [one.id, one]));

/**
 * One way in which the account is not what the catalog says. `edited`: it was what we pushed, and then somebody changed
 * it at Stripe. `mend` may answer with a line for whoever pushes; without it only that person can put it right.
 */
export type Difference = {
  kind: "missing" | "differs" | "edited" | "orphaned" | "taken";
  what: string;
  how: string;
  mend?: () => Promise<string | undefined>;
};

/** Differing by our doing, or by somebody's at Stripe. */
export const changed = (metadata: Record<string, string> | null, stampNow: string) =>
  metadata?.coffer !== undefined && metadata.coffer !== stampNow ? "edited" : "differs";

/** The names of the fields that differ, with what they are. */
export const namesOf = (is: Record<string, unknown>, wanted: Record<string, unknown>): string =>
  Object.keys(wanted)
    .filter((name) => JSON.stringify(is[name]) !== JSON.stringify(wanted[name]))
    .map((name) => `${name} is ${JSON.stringify(is[name] ?? null)}, not ${JSON.stringify(wanted[name])}`)
    .join("; ");

// The catalog in a Stripe account, by its API. The sandbox does the same to itself at each start (catalog.ts).
import Stripe from "stripe";
import { type CatalogRow, priceOfRow, productOfRow } from "./catalog.ts";

/** Makes what is missing, however often it runs; answers the prices by lookup key. */
export async function publishCatalog(stripe: Stripe, rows: CatalogRow[]) {
  const prices = new Map<string, Stripe.Price>();
  for (const row of rows.filter(({ is_sold }) => is_sold))
    prices.set(row.lookup_key, (await findPrice(stripe, row)) ?? (await makePrice(stripe, row)));
  return prices;
}

/** Metadata can be changed by hand, and another amount under the same key is another price. */
async function findPrice(stripe: Stripe, row: CatalogRow): Promise<Stripe.Price | undefined> {
  const { data } = await stripe.prices.list({ lookup_keys: [row.lookup_key], active: true });
  const { metadata, unit_amount, currency } = priceOfRow(row);
  return data.find(
    (price) =>
      price.metadata[row.kind] === metadata[row.kind] &&
      price.unit_amount === unit_amount &&
      price.currency === currency &&
      (price.recurring?.interval ?? null) === row.billing_interval,
  );
}

/** It takes the lookup key over from one that differs. */
async function makePrice(stripe: Stripe, row: CatalogRow): Promise<Stripe.Price> {
  const { id, description, ...params } = productOfRow(row);
  try {
    await stripe.products.retrieve(id);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError) || error.statusCode !== 404) throw error;
    await stripe.products.create({ id, ...params, ...(description && { description }) });
  }
  const lookup = { lookup_key: row.lookup_key, transfer_lookup_key: true };
  return stripe.prices.create({ ...priceOfRow(row), ...lookup, product: id });
}

import type { Price } from "./engine/types.ts";
import type { Work } from "./engine/work.ts";
import { syncConfiguration } from "./portal-configuration.ts";
import { createPrice, updatePrice } from "./resources/prices.ts";
import { createProduct, updateProduct } from "./resources/products.ts";

/** One thing that is sold: a price of a plan, or a pack. */
export type CatalogRow = {
  kind: "price" | "pack";
  /** The versioned key, `professional_month@1`. */
  key: string;
  lookup_key: string;
  /** The key of the plan or pack; its prices share one product. */
  product_key: string;
  name: string;
  description: string | null;
  billing_interval: "month" | "year" | null;
  price_cents: number;
  currency: string;
  is_sold: boolean;
  /** Whether a customer may change to it in the portal: a plan, for everybody. */
  is_switched_to: boolean;
  max_quantity: number;
};

/** The rows for `startStripe`, read from a database that has the catalog. */
export const catalogQuery = `
select 'price' as kind, price.key, price.lookup_key, price.plan_key as product_key, plan.name, plan.description,
       price.billing_interval::text, price.price_cents::int, price.currency, price.is_sold,
       not plan.is_add_on and plan.offered_to is null as is_switched_to, plan.max_quantity
  from billing.prices price
  join billing.plans plan on plan.key = price.plan_key and plan.version = price.plan_version
union all
select 'pack', key, lookup_key, lookup_key, name, null, null, price_cents::int, currency, is_sold,
       false, 1
  from billing.packs
 order by key`;

/** Makes products and prices what the catalog says, however often it runs; what is sold no more is deactivated. */
export async function syncCatalog(work: Work, rows: CatalogRow[]): Promise<void> {
  const sold = rows.filter((row) => row.is_sold);
  const priced: { row: CatalogRow; price: Price }[] = [];
  for (const row of sold) priced.push({ row, price: await priceOf(work, row, await productOf(work, row)) });
  const kept = new Set(priced.map(({ price }) => price.id));
  for (const price of await work.state.list("price", { body: { active: true } })) {
    const isOurs = "price" in price.metadata || "pack" in price.metadata;
    if (isOurs && !kept.has(price.id))
      await updatePrice({ ...work, id: price.id, params: { active: false, lookup_key: "" } });
  }
  await syncConfiguration(work, priced);
}

/** What a row is called at Stripe; its id is how it is found again. */
export function productOfRow({ kind, product_key, name, description }: CatalogRow) {
  const noun = kind === "pack" ? "pack" : "plan";
  return {
    id: `prod_${noun}_${product_key}`,
    name,
    description: description ?? "",
    metadata: { [noun]: product_key },
  };
}

/** What makes a price the one of its row. */
export const priceOfRow = ({ kind, key, price_cents, currency, billing_interval }: CatalogRow) => ({
  metadata: { [kind]: key },
  unit_amount: price_cents,
  currency,
  ...(billing_interval && { recurring: { interval: billing_interval } }),
});

async function productOf(work: Work, row: CatalogRow): Promise<string> {
  const { id, ...params } = productOfRow(row);
  const known = await work.state.find("product", id);
  const product = known
    ? await updateProduct({ ...work, id, params })
    : await createProduct({ ...work, params: { id, ...params } });
  return product.id;
}

/** A price never changes: another amount under the same key is another price, and takes the lookup key over. */
async function priceOf(work: Work, row: CatalogRow, product: string): Promise<Price> {
  const body = priceOfRow(row);
  const [known] = await work.state.list("price", { body });
  const lookup = { lookup_key: row.lookup_key, transfer_lookup_key: true, active: true };
  if (known) return updatePrice({ ...work, id: known.id, params: lookup });
  const { recurring, ...rest } = body;
  return createPrice({ ...work, params: { ...rest, ...lookup, product, ...(recurring && { recurring }) } });
}

import type Stripe from "stripe";
import { idOf } from "../../supabase/functions/_shared/stripe-fields.ts";
import type { Account, Difference } from "./account.ts";
import { type CatalogRow, keyOfPrice, namesItself, productId } from "./catalog.ts";

/** A price for each row on sale. What it costs never changes: another amount is another price, which takes the key over. */
export function priceDifferences(account: Account, rows: CatalogRow[]): Difference[] {
  const isOurs = ownershipOf(account, rows);
  return rows.filter(({ is_sold }) => is_sold).flatMap((row) => differencesOf(account, row, isOurs));
}

/** Active prices of ours that are not what anything is sold at; whoever pays them goes on doing so. */
export function orphanedPrices(account: Account, rows: CatalogRow[]): Difference[] {
  const sold = rows.filter(({ is_sold }) => is_sold);
  const kept = new Set(sold.map((row) => findPrice(account, row)?.id));
  const isOurs = ownershipOf(account, rows);
  return [...account.prices.values()]
    .filter((price) => price.active && isOurs(price) && !kept.has(price.id))
    .map((price) => {
      const row = sold.find(({ key }) => key === keyOfPrice(price));
      return {
        kind: row ? "edited" : "orphaned",
        what: `price ${price.id}`,
        how: row
          ? `it says that it is ${row.key}, but is another: ${costs(price)}`
          : `${keyOfPrice(price) ?? "it names nothing of the catalog and"} is not sold`,
        mend: () => save(account, account.stripe.prices.update(price.id, { active: false, lookup_key: "" })),
      };
    });
}

/** Of several that fit, made by hand or by two pushes at once, the one that is sold already. */
export function findPrice({ prices }: Account, row: CatalogRow): Stripe.Price | undefined {
  const fitting = [...prices.values()].filter((price) => fits(price, row));
  return fitting.find(({ lookup_key }) => lookup_key === row.lookup_key) ?? fitting[0];
}

const fits = (price: Stripe.Price, row: CatalogRow) =>
  price.metadata[row.kind] === row.key &&
  idOf(price.product) === productId(row) &&
  price.unit_amount === row.price_cents &&
  price.currency === row.currency &&
  (price.recurring?.interval ?? null) === row.billing_interval &&
  (price.recurring?.interval_count ?? 1) === 1 &&
  [row.tax_behavior, "unspecified", null].includes(price.tax_behavior);

/** Those of our products are ours; of any other nothing is ever changed, whatever its metadata says. */
function ownershipOf({ products }: Account, rows: CatalogRow[]): IsOurs {
  const wanted = new Set(rows.map(productId));
  return (price) => {
    const id = idOf(price.product);
    const product = products.get(id);
    return wanted.has(id) || (product !== undefined && namesItself(product));
  };
}

type IsOurs = (price: Stripe.Price) => boolean;

function differencesOf(account: Account, row: CatalogRow, isOurs: IsOurs): Difference[] {
  const { stripe, prices } = account;
  const what = `price ${row.key}`;
  const known = findPrice(account, row);
  const holder = [...prices.values()].find((price) => price.lookup_key === row.lookup_key);
  if (holder && !isOurs(holder)) {
    const how = `${holder.id} of another product is called ${row.lookup_key}: give that price another lookup key`;
    return [{ kind: "taken", what, how }];
  }
  const lookup = { lookup_key: row.lookup_key, transfer_lookup_key: true, active: true };
  if (!known) {
    const made = () => stripe.prices.create({ ...paramsOf(row), ...lookup });
    return [{ kind: "missing", what, how: costs(paramsOf(row)), mend: () => save(account, made()) }];
  }
  const wrong = [
    ...(known.active ? [] : ["it is not active"]),
    ...(known.lookup_key === row.lookup_key ? [] : [`its lookup key is ${known.lookup_key ?? "empty"}`]),
    ...(known.tax_behavior === row.tax_behavior ? [] : ["it does not say whether tax is in it"]),
  ];
  if (wrong.length === 0) return [];
  const { tax_behavior } = row;
  const mend = () => save(account, stripe.prices.update(known.id, { ...lookup, tax_behavior }));
  return [{ kind: "differs", what, how: wrong.join("; "), mend }];
}

const paramsOf = (row: CatalogRow) => ({
  product: productId(row),
  unit_amount: row.price_cents,
  currency: row.currency,
  metadata: { [row.kind]: row.key },
  tax_behavior: row.tax_behavior,
  ...(row.billing_interval && { recurring: { interval: row.billing_interval } }),
});

type Cost = {
  unit_amount?: number | null;
  currency: string;
  recurring?: { interval: string } | null;
};
const costs = ({ unit_amount, currency, recurring }: Cost) =>
  `${((unit_amount ?? 0) / 100).toFixed(2)} ${currency}${recurring ? ` a ${recurring.interval}` : ""}`;

/** A lookup key that moved has left the price that had it. */
async function save({ prices }: Account, saving: Promise<Stripe.Price>): Promise<undefined> {
  const price = await saving;
  for (const other of prices.values())
    if (price.lookup_key !== null && other.lookup_key === price.lookup_key)
      prices.set(other.id, { ...other, lookup_key: null });
  prices.set(price.id, price);
}

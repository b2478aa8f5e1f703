import type Stripe from "stripe";
import { idOf } from "../../supabase/functions/_shared/stripe-fields.ts";
import { type Account, changed, type Difference, namesOf } from "./account.ts";
import { type CatalogRow, namesItself, productId, productMetadata, stampOf } from "./catalog.ts";

/** A product for each plan, add-on and pack on sale. */
export function productDifferences(account: Account, rows: CatalogRow[]): Difference[] {
  const wanted = new Map(rows.filter(({ is_sold }) => is_sold).map((row) => [productId(row), row]));
  return [...wanted].flatMap(([id, row]) => differencesOf(account, id, row));
}

/** Sold no more: whoever has bought it keeps it. */
export function orphanedProducts(account: Account, rows: CatalogRow[]): Difference[] {
  const wanted = new Set(rows.filter(({ is_sold }) => is_sold).map(productId));
  return [...account.products.values()]
    .filter((product) => product.active && namesItself(product) && !wanted.has(product.id))
    .map(({ id, name }) => ({
      kind: "orphaned",
      what: `product ${id}`,
      how: `${name} is not sold`,
      mend: () => save(account, account.stripe.products.update(id, { active: false })),
    }));
}

function differencesOf(account: Account, id: string, row: CatalogRow): Difference[] {
  const what = `product ${id}`;
  const wanted = fieldsOf({ ...row, active: true });
  const metadata = { ...productMetadata(row), coffer: stampOf(wanted) };
  const { description, ...rest } = wanted;
  const known = account.products.get(id);
  if (!known) {
    const params = { id, ...rest, metadata, ...(description && { description }) };
    const mend = () => save(account, account.stripe.products.create(params));
    return [{ kind: "missing", what, how: row.name, mend }];
  }
  const is = fieldsOf({ ...known, tax_code: row.tax_code && idOf(known.tax_code) });
  const how = [
    namesOf(is, wanted),
    ...(namesItself(known) ? [] : [`its metadata does not say ${JSON.stringify(productMetadata(row))}`]),
  ];
  if (how.every((text) => text === "")) return [];
  const mend = () => save(account, account.stripe.products.update(id, { ...wanted, metadata }));
  return [{ kind: changed(known.metadata, stampOf(is)), what, how: how.filter(Boolean).join("; "), mend }];
}

/** What is kept as the catalog says. A tax code that it does not set is the Dashboard's to choose. */
const fieldsOf = (given: {
  name: string;
  description: string | null;
  active: boolean;
  tax_code: string | null;
}) => ({
  name: given.name,
  description: given.description ?? "",
  active: given.active,
  ...(given.tax_code && { tax_code: given.tax_code }),
});

async function save({ products }: Account, saving: Promise<Stripe.Product>): Promise<undefined> {
  const product = await saving;
  products.set(product.id, product);
}

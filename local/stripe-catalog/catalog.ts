// What the database has published, and what that is called at Stripe.
import { createHash } from "node:crypto";
import { z } from "zod";

/** One thing that was ever published and has a price: a price of a plan or add-on, or a pack. */
export const CatalogRow = z.object({
  kind: z.enum(["price", "pack"]),
  /** The versioned key, `professional_month@1`. */
  key: z.string(),
  lookup_key: z.string(),
  /** The key of the plan or pack; its prices share one product. */
  product_key: z.string(),
  name: z.string(),
  description: z.string(),
  billing_interval: z.enum(["month", "year"]).nullable(),
  price_cents: z.number(),
  currency: z.string(),
  is_sold: z.boolean(),
  is_add_on: z.boolean(),
  /** For one account: it has a price at Stripe, and is in no portal. */
  is_custom: z.boolean(),
  max_quantity: z.number(),
  tax_code: z.string().nullable(),
  tax_behavior: z.enum(["exclusive", "inclusive"]),
});
export type CatalogRow = z.infer<typeof CatalogRow>;

/** The rows, read over a connection; the owner's commands ask by rpc. */
export const catalogQuery = `
select kind, key, lookup_key, product_key, name, description, billing_interval, price_cents::int, currency, is_sold,
       is_add_on, is_custom, max_quantity, tax_code, tax_behavior
  from public.get_published_catalog()`;

const nounOf = ({ kind }: CatalogRow) => (kind === "pack" ? "pack" : "plan");

/** A product is found again by an id that we give it. */
export const productId = (row: CatalogRow) => `prod_${nounOf(row)}_${row.product_key}`;
export const productMetadata = (row: CatalogRow) => ({ [nounOf(row)]: row.product_key });

type Named = { id: string; metadata: Record<string, string> };

/** Another product of the same account may have any metadata, but not an id that names the same. */
export const namesItself = ({ id, metadata }: Named) =>
  ["plan", "pack"].some((noun) => metadata[noun] !== undefined && id === `prod_${noun}_${metadata[noun]}`);

/** The versioned key of what a price is for. */
export const keyOfPrice = ({ metadata }: Named) => metadata.price ?? metadata.pack;

/** Of what was pushed: whoever changes it at Stripe by hand leaves this as it was. */
export const stampOf = (fields: unknown): string =>
  createHash("sha256").update(JSON.stringify(fields)).digest("hex").slice(0, 16);

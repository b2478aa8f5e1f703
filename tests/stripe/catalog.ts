import type { CatalogRow } from "../../local/stripe/catalog.ts";

export const row = (given: Partial<CatalogRow>): CatalogRow => ({
  kind: "price",
  key: "professional_month@1",
  lookup_key: "professional_month",
  product_key: "professional",
  name: "Professional",
  description: "For those who edit every day",
  billing_interval: "month",
  price_cents: 2999,
  currency: "usd",
  is_sold: true,
  is_switched_to: true,
  max_quantity: 1,
  ...given,
});
/** What the sandbox of the tests sells. */
export const catalog: CatalogRow[] = [
  row({}),
  row({
    key: "professional_year@1",
    lookup_key: "professional_year",
    billing_interval: "year",
    price_cents: 30590,
  }),
  row({
    kind: "pack",
    key: "credits_500@1",
    lookup_key: "credits_500",
    product_key: "credits_500",
    name: "500 credits",
    description: null,
    billing_interval: null,
    is_switched_to: false,
    price_cents: 500,
  }),
];

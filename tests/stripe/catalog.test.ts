import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { catalogQuery } from "../../local/stripe-catalog/catalog.ts";
import { catalog, row } from "./catalog.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

const sold = async () => {
  const { data } = await sandbox().stripe.prices.list({ active: true, limit: 100, expand: ["data.product"] });
  return data;
};

test("catalog: each row is one active price, found by its lookup key, named by its versioned key", async () => {
  const prices = await sold();
  expect(prices.map((price) => [price.lookup_key, price.metadata, price.unit_amount]).sort()).toEqual([
    ["credits_500", { pack: "credits_500@1" }, 500],
    ["professional_month", { price: "professional_month@1" }, 2999],
    ["professional_year", { price: "professional_year@1" }, 30590],
  ]);
});

test("catalog: the prices of a plan share one product", async () => {
  const prices = await sold();
  const product = (key: string) => prices.find((price) => price.lookup_key === key)?.product;
  expect(product("professional_month")).toMatchObject({
    name: "Professional",
    metadata: { plan: "professional" },
  });
  expect(product("professional_month")).toEqual(product("professional_year"));
});

test("catalog: a start with the same rows changes nothing and tells nothing", async () => {
  const { stripe, restart } = sandbox();
  const before = await sold();
  const [newest] = (await stripe.events.list({ limit: 1 })).data;
  await restart();
  expect(await sold()).toEqual(before);
  expect((await stripe.events.list({ limit: 1 })).data[0]?.id).toBe(newest?.id);
});

test("catalog: a new version takes the lookup key over, and what is sold no more is deactivated", async () => {
  const { stripe, restart } = sandbox();
  const [old] = (await stripe.prices.list({ lookup_keys: ["professional_month"] })).data;
  const rows = [
    row({ key: "professional_month@2", price_cents: 3499 }),
    ...catalog.filter((one) => one.kind === "pack").map((one) => ({ ...one, is_sold: false })),
  ];
  await restart(rows);
  expect((await sold()).map((price) => [price.lookup_key, price.metadata, price.unit_amount])).toEqual([
    ["professional_month", { price: "professional_month@2" }, 3499],
  ]);
  expect(await stripe.prices.retrieve(old?.id ?? "")).toMatchObject({
    active: false,
    lookup_key: null,
    metadata: { price: "professional_month@1" },
  });
  await restart(catalog);
  expect(await sold()).toHaveLength(3);
});

test("catalog: another name or description reaches the product", async () => {
  const { restart } = sandbox();
  await restart(catalog.map((one) => (one.product_key === "professional" ? { ...one, name: "Pro" } : one)));
  const [price] = (await sold()).filter((one) => one.lookup_key === "professional_month");
  expect(price?.product).toMatchObject({ name: "Pro" });
  await restart(catalog);
});

test("catalog: the query reads the rows of the default catalog from the schema", async () => {
  const { db } = sandbox();
  await db.query(
    await readFile(path.resolve(import.meta.dirname, "../../supabase/catalogs/editor.sql"), "utf8"),
  );
  const { rows } = await db.query(catalogQuery);
  const read = rows.filter((one) => ["professional_month", "credits_500"].includes(one.lookup_key));
  expect(read).toMatchObject([
    { kind: "pack", product_key: "credits_500", billing_interval: null, price_cents: 500, is_sold: true },
    {
      kind: "price",
      product_key: "professional",
      billing_interval: "month",
      price_cents: 2999,
      is_sold: true,
    },
  ]);
});

// npm run stripe:push and stripe:pull, through the SDK, at an account that has seen the catalog already.
import { beforeEach, expect, test } from "vitest";
import type { CatalogRow } from "../../local/stripe-catalog/catalog.ts";
import { pullCatalog, pushCatalog, type Wanted } from "../../local/stripe-catalog/push.ts";
import { wantedEndpoint } from "../../local/stripe-catalog/wanted.ts";
import { catalog, row } from "./catalog.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const dearer = catalog.map((one) =>
  one.key === "professional_month@1" ? { ...one, key: "professional_month@2", price_cents: 3499 } : one,
);
const push = (rows: CatalogRow[] = catalog, given: Omit<Wanted, "rows"> = {}) =>
  pushCatalog(sandbox().stripe, { rows, ...given });
const drift = async (rows: CatalogRow[] = catalog, given: Omit<Wanted, "rows"> = {}) =>
  (await pullCatalog(sandbox().stripe, { rows, ...given })).map(({ kind, what }) => `${kind} ${what}`);
const portals = async () => {
  const expand = ["data.features.subscription_update.products"];
  return (await sandbox().stripe.billingPortal.configurations.list({ active: true, expand })).data;
};
const portal = async (currency = "usd") => {
  const found = (await portals()).find(({ metadata }) => metadata?.coffer_portal === currency);
  if (!found) throw new Error(`no portal in ${currency}`);
  return found;
};

beforeEach(async () => {
  await push();
});

test("push: once more changes nothing, tells nothing, and says so", async () => {
  const { stripe } = sandbox();
  const before = [await stripe.events.list({ limit: 1 }), await portals()];
  expect(await push()).toMatchObject({ mended: [], notes: [] });
  expect([await stripe.events.list({ limit: 1 }), await portals()]).toEqual(before);
});

test("push: what would change is said, and nothing is changed by saying it", async () => {
  const { stripe } = sandbox();
  const before = [await stripe.events.list({ limit: 1 }), await portals()];
  expect(await drift(dearer)).toEqual([
    "missing price professional_month@2",
    "differs portal in usd",
    expect.stringMatching(/^orphaned price price_/),
  ]);
  expect([await stripe.events.list({ limit: 1 }), await portals()]).toEqual(before);
});

test("push: another amount is another price; who pays the old one goes on paying it", async () => {
  const { stripe, subscribe, moveTo } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const [item] = subscription.items.data;
  const { prices } = await push(dearer);
  const [sold, ...others] = (await stripe.prices.list({ lookup_keys: ["professional_month"] })).data;
  expect(others).toEqual([]);
  expect(sold).toMatchObject({ id: prices.get("professional_month")?.id, unit_amount: 3499 });
  expect(await stripe.prices.retrieve(item?.price.id ?? "")).toMatchObject({
    active: false,
    unit_amount: 2999,
    metadata: { price: "professional_month@1" },
  });
  expect((await portal()).features.subscription_update.products).toMatchObject([
    { product: "prod_plan_professional", prices: expect.arrayContaining([sold?.id]) },
  ]);
  await moveTo(new Date(((item?.current_period_end ?? 0) + 2 * 3600) * 1000).toISOString());
  const renewed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(renewed.latest_invoice).toMatchObject({ billing_reason: "subscription_cycle", total: 2999 });
  expect(await drift(dearer)).toEqual([]);
});

test("push: a price that was sold before is sold again, not made again", async () => {
  const before = (await push()).prices.get("professional_month")?.id;
  await push(dearer);
  expect((await push()).prices.get("professional_month")?.id).toBe(before);
});

test("push: other products of the account are left alone, whatever their metadata says", async () => {
  const { stripe } = sandbox();
  const product = await stripe.products.create({ name: "A book", metadata: { plan: "professional" } });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 2999,
    recurring: { interval: "month" },
    metadata: { price: "professional_month@1" },
  });
  const theirs = () => Promise.all([stripe.products.retrieve(product.id), stripe.prices.retrieve(price.id)]);
  await push(dearer);
  await push([]);
  expect(await theirs()).toEqual([product, price]);
});

test("push: a lookup key that another product has is not taken from it, and nothing is changed", async () => {
  const { stripe } = sandbox();
  const product = await stripe.products.create({ name: "A film" });
  const price = await stripe.prices.create({
    ...{ product: product.id, currency: "usd", unit_amount: 100, lookup_key: "film" },
  });
  const film = row({
    kind: "pack",
    key: "film@1",
    lookup_key: "film",
    product_key: "film",
    billing_interval: null,
  });
  const before = await stripe.events.list({ limit: 1 });
  await expect(push([...catalog, film])).rejects.toThrow(`${price.id} of another product is called film`);
  expect(await stripe.events.list({ limit: 1 })).toEqual(before);
});

test("pull: what was edited by hand is told from what the catalog has changed since, and push puts it right", async () => {
  const { stripe } = sandbox();
  const price = (await push()).prices.get("professional_year")?.id ?? "";
  const { id } = await portal();
  await stripe.products.update("prod_plan_professional", { name: "Pro!" });
  await stripe.prices.update(price, { active: false });
  await stripe.billingPortal.configurations.update(id, {
    features: { subscription_cancel: { enabled: true, mode: "immediately" } },
  });
  const stray = await stripe.prices.create({
    ...{ product: "prod_pack_credits_500", currency: "usd", unit_amount: 1 },
    metadata: { pack: "credits_500@1" },
  });
  expect(await drift()).toEqual([
    "edited product prod_plan_professional",
    "differs price professional_year@1",
    "edited portal in usd",
    `edited price ${stray.id}`,
  ]);
  await push();
  expect(await drift()).toEqual([]);
  expect((await portal()).features.subscription_cancel.mode).toBe("at_period_end");
  expect((await stripe.prices.retrieve(stray.id)).active).toBe(false);
  const renamed = catalog.map((one) => (one.kind === "price" ? { ...one, name: "Pro" } : one));
  expect(await drift(renamed)).toEqual(["differs product prod_plan_professional"]);
  expect(await drift(catalog.filter(({ kind }) => kind === "price"))).toEqual([
    expect.stringMatching(/^orphaned price price_/),
    "orphaned product prod_pack_credits_500",
  ]);
});

test("portal: shows the plans that are for everyone, in one currency, and waits with what costs less", async () => {
  const more = [
    ...catalog,
    row({ key: "pro_eur@1", lookup_key: "pro_eur", currency: "eur", price_cents: 2799, max_quantity: 5 }),
    row({ key: "seat@1", lookup_key: "seat", product_key: "seat", is_add_on: true }),
    row({ key: "custom_acme@1", lookup_key: "custom_acme", product_key: "custom_acme", is_custom: true }),
  ];
  const { prices } = await push(more);
  const id = (key: string) => prices.get(key)?.id;
  expect([id("seat"), id("custom_acme")]).not.toContain(undefined);
  expect((await portal()).features).toMatchObject({
    customer_update: { enabled: true, allowed_updates: ["address", "tax_id"] },
    invoice_history: { enabled: true },
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: "at_period_end", cancellation_reason: { enabled: true } },
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["price"],
      proration_behavior: "always_invoice",
      schedule_at_period_end: {
        conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
      },
      products: [{ prices: [id("professional_month"), id("professional_year")] }],
    },
  });
  expect((await portal("eur")).features.subscription_update.products).toMatchObject([
    { prices: [id("pro_eur")], adjustable_quantity: { enabled: true, maximum: 5 } },
  ]);
  await push();
  expect((await portals()).map(({ metadata }) => metadata?.coffer_portal)).not.toContain("eur");
});

test("webhook: one endpoint, at the version of the readers; its secret is told once", async () => {
  const { stripe } = sandbox();
  const endpoint = wantedEndpoint("https://project.supabase.co/functions/v1/stripe-webhook");
  const ours = async () =>
    (await stripe.webhookEndpoints.list()).data.filter(
      ({ url, status }) => url === endpoint.url && status === "enabled",
    );
  await stripe.webhookEndpoints.create({
    ...{ url: endpoint.url, enabled_events: ["*"], metadata: { coffer_webhook: "true" } },
  });
  const { notes } = await push(catalog, { endpoint });
  expect(notes.join()).toMatch(/STRIPE_WEBHOOK_SECRET=whsec_\w+/);
  const [made, ...others] = await ours();
  expect(others).toEqual([]);
  expect(made).toMatchObject({ api_version: "2026-10-28.endive", enabled_events: endpoint.events });
  expect(await push(catalog, { endpoint })).toMatchObject({ mended: [], notes: [] });
  await stripe.webhookEndpoints.update(made?.id ?? "", { enabled_events: ["invoice.paid"] });
  expect(await drift(catalog, { endpoint })).toEqual(["edited webhook endpoint"]);
  expect((await push(catalog, { endpoint })).notes).toEqual([]);
  expect(await ours()).toMatchObject([{ id: made?.id, enabled_events: endpoint.events }]);
});

test("tax: the code and whether tax is in a price go with it, and a price keeps what it was made with", async () => {
  const { stripe } = sandbox();
  const taxed = (tax_behavior: CatalogRow["tax_behavior"]) =>
    catalog.map((one) => ({ ...one, tax_code: "txcd_10103001", tax_behavior }));
  const { prices } = await push(taxed("exclusive"));
  expect((await stripe.products.retrieve("prod_plan_professional")).tax_code).toBe("txcd_10103001");
  expect(prices.get("professional_month")?.tax_behavior).toBe("exclusive");
  const { prices: others } = await push(taxed("inclusive"));
  expect(others.get("professional_month")?.id).not.toBe(prices.get("professional_month")?.id);
  await stripe.products.update("prod_plan_professional", { tax_code: "" });
});

// What the database has published, as the owner's commands read it, beside what the sandbox has been given.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pullCatalog, pushCatalog, describe as say } from "../../local/stripe-catalog/push.ts";
import { readWanted } from "../../local/stripe-catalog/wanted.ts";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

const day = 86_400;
let shop: WithOwner<DeliveringAccount>;
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-10T10:00:00Z")));
});
afterAll(() => shop.close());

async function drift() {
  const { rpc, stripe } = shop.owner.services;
  return (await pullCatalog(stripe, await readWanted(rpc, undefined))).map(say);
}

test("the sandbox starts with all that push would make", async () => {
  expect(await drift()).toEqual([]);
});

test("a plan for one account is pushed, bought by that account, and grants what was agreed on", async () => {
  const { rpc, stripe } = shop.owner.services;
  const user = await shop.db.newUser();
  await shop.db.query("select offer_custom_plan($1, 'acme', 'Acme', 20000, 49900, 'agreed')", [user]);
  expect(await drift()).toEqual([
    "missing product prod_plan_custom_acme: Acme",
    "missing price custom_acme_month@1: 499.00 usd a month",
  ]);
  await pushCatalog(stripe, await readWanted(rpc, undefined));
  expect(await drift()).toEqual([]);
  const { id: customer } = await stripe.customers.create({ metadata: { account_id: user } });
  await shop.account.buy(user, customer, "custom_acme_month");
  await shop.account.runDue();
  expect((await verbsOf(shop.db).credits(user)).subscription_credits).toBe(20_000);
  await shop.db.query("select withdraw_custom_plan($1, 'acme', 'over')", [user]);
  expect(await drift()).toEqual([
    expect.stringContaining("custom_acme_month@1 is not sold"),
    "orphaned product prod_plan_custom_acme: Acme is not sold",
  ]);
});

test("who has subscribed keeps the price until moved at Stripe, and pays the new one from the next period on", async () => {
  const { rpc, stripe } = shop.owner.services;
  const { user, customer } = await shop.buyer("basic_month");
  await shop.db.query(
    `update billing.prices set is_sold = false where key = 'basic_month@1';
     insert into billing.prices (key, lookup_key, plan_key, plan_version, billing_interval, price_cents)
     values ('basic_month@2', 'basic_month', 'basic', 1, 'month', 1199)`,
  );
  await pushCatalog(stripe, await readWanted(rpc, undefined));
  const paid = async () =>
    (await stripe.invoices.list({ customer })).data.map(({ amount_paid }) => amount_paid);
  await shop.secondsLater(32 * day);
  expect(await paid()).toEqual([999, 999]);

  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  const [price] = (await stripe.prices.list({ lookup_keys: ["basic_month"] })).data;
  await stripe.subscriptions.update(subscription?.id ?? "", {
    items: [{ id: subscription?.items.data[0]?.id ?? "", price: price?.id ?? "" }],
    proration_behavior: "none",
  });
  await shop.secondsLater(31 * day);
  expect(await paid()).toEqual([1199, 999, 999]);
  expect((await verbsOf(shop.db).credits(user)).subscription_credits).toBe(300);
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("the endpoint is asked for by an address, and an address that is none is refused", async () => {
  const url = `https://${randomUUID()}.supabase.co/functions/v1/stripe-webhook`;
  expect(await readWanted(shop.owner.services.rpc, url)).toMatchObject({ endpoint: { url } });
  await expect(readWanted(shop.owner.services.rpc, "nowhere")).rejects.toThrow("is no address");
});

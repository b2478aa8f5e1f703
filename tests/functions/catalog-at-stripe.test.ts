// What the database has published, as the owner's commands read it, beside what the sandbox has been given.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pullCatalog, pushCatalog, describe as say } from "../../local/stripe-catalog/push.ts";
import { readWanted } from "../../local/stripe-catalog/wanted.ts";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf } from "./owner";

let shop: DeliveringAccount;
let owner: ReturnType<typeof ownerOf>;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-10T10:00:00Z"));
  owner = ownerOf(shop.db, shop.account.url);
});
afterAll(() => shop.close());

async function drift() {
  const { rpc, stripe } = owner.services;
  return (await pullCatalog(stripe, await readWanted(rpc, undefined))).map(say);
}

test("the sandbox starts with all that push would make", async () => {
  expect(await drift()).toEqual([]);
});

test("a plan for one account is pushed, bought by that account, and grants what was agreed on", async () => {
  const { rpc, stripe } = owner.services;
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

test("the endpoint is asked for by an address, and an address that is none is refused", async () => {
  const url = `https://${randomUUID()}.supabase.co/functions/v1/stripe-webhook`;
  expect(await readWanted(owner.services.rpc, url)).toMatchObject({ endpoint: { url } });
  await expect(readWanted(owner.services.rpc, "nowhere")).rejects.toThrow("is no address");
});

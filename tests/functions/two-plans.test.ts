import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf } from "./owner";

let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-01T10:00:00Z"));
});
afterAll(() => shop.close());

test("case 55: two checkouts paid in two tabs: the second plan is told of at once; fixed, its money and credits are back", async () => {
  const owner = ownerOf(shop.db, shop.account.url);
  const { stripe, buy, runDue } = shop.account;
  const { user, customer } = await shop.buyer("basic_month");
  await shop.secondsLater(5);
  await buy(user, customer, "professional_month");
  await runDue();
  const [second, first] = (await stripe.subscriptions.list({ customer })).data;
  const found = { kind: "second_subscription", object_id: second?.id };
  expect(await owner.findings()).toMatchObject([found]);
  expect(await owner.reconcile()).toMatchObject([found]);
  expect(await owner.fix("bought twice")).toBeGreaterThan(0);
  await runDue();
  expect(await owner.reconcile()).toEqual([]);
  const left = (await stripe.subscriptions.list({ customer })).data;
  expect(left.map(({ id }) => id)).toEqual([first?.id]);
  expect((await stripe.refunds.list()).data).toMatchObject([{ amount: 2999, status: "succeeded" }]);
  expect((await verbsOf(shop.db).credits(user)).subscription_credits).toBe(300);
  expect(await owner.fix()).toBe(0);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 60_000);

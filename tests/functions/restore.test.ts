// The database goes back by an hour, and Stripe does not (STRIPE 4, case 83).
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { backUp } from "./backup";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

let shop: WithOwner<DeliveringAccount>;
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
});
afterAll(() => shop.close());

/** What Stripe decides: its objects, and what each payment granted, less the numbers that count here. */
async function state() {
  const rows = async (sql: string) => (await shop.db.query(sql)).rows;
  const ofStripe = async (table: string) =>
    rows(`select to_jsonb(t) - array['ticket', 'created_at'] as row from billing.${table} t order by 1`);
  return {
    customers: await ofStripe("customers"),
    subscriptions: await ofStripe("subscriptions"),
    methods: await ofStripe("payment_methods"),
    payments: await ofStripe("payments"),
    refunds: await ofStripe("refunds"),
    disputes: await ofStripe("disputes"),
    claims: await rows("select key, payment_key, claimed_credits, state from billing.clawbacks order by 1"),
    grants: await rows(`select account_id, key, kind, granted_credits, paid_cents, expires_at, period_ends_at
      from billing.buckets where payment_key is not null order by key`),
  };
}
const balances = async () =>
  (await shop.db.query("select id, balance from billing.accounts order by id")).rows;

test("after a restore to an hour ago grants and state equal those before, and only spending is missing", async () => {
  const old = await shop.buyer("professional_month");
  const pack = await shop.buyer("credits_1000");
  const backup = await backUp(shop.db);

  await shop.secondsLater(600);
  const { stripe } = shop.account;
  const fresh = await shop.buyer("basic_year");
  await shop.buyer("credits_500", "4000000000000259");
  await stripe.refunds.create({ payment_intent: pack.intent, amount: 300 });
  const [subscription] = (await stripe.subscriptions.list({ customer: old.customer })).data;
  await stripe.subscriptions.update(subscription?.id ?? "", { cancel_at_period_end: true });
  await shop.secondsLater(3000);
  const before = { state: await state(), balances: await balances() };
  await verbsOf(shop.db).deduct(old.user, 70, "spent in that hour");

  await backup.restore();
  expect(await state()).not.toEqual(before.state);
  expect((await shop.owner.reconcile()).length).toBeGreaterThan(4);
  await shop.owner.fix("restored from the backup of 10:00");
  expect(await shop.owner.reconcile()).toEqual([]);

  expect(await state()).toEqual(before.state);
  expect(await balances()).toEqual(before.balances); // the 70 that were spent are there again
  expect((await verbsOf(shop.db).credits(fresh.user)).total).toBeGreaterThan(0);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 120_000);

test("a reconciliation that is cut off is gone on with, and finds what a whole one does", async () => {
  await shop.db.query("update billing.subscriptions set quantity = 7");
  const run = () =>
    shop.db.one<{ runs: number }>("select count(*)::int as runs from billing.reconciliations");
  const { runs } = await run();
  let pages = 0;
  while (!(await shop.owner.reconcilePages(3)).isFinished) pages += 3;
  expect(pages).toBeGreaterThan(9);
  expect((await run()).runs).toBe(runs + 1);
  expect((await shop.owner.findings()).map(({ kind }) => kind)).toEqual([
    "subscription_differs",
    "subscription_differs",
  ]);
}, 120_000);

test("with the key of an account that has none of the customers nothing is judged", async () => {
  await shop.db.query("update billing.customers set id = 'cus_of_another_' || substr(id, 5)");
  await expect(shop.owner.reconcile()).rejects.toThrow("has none of the customers");
});

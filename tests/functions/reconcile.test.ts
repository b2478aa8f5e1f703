// Stripe and the books compared, through the sandbox and the real functions: what differs is found and fixed, what does
// not is left alone.
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

let shop: WithOwner<DeliveringAccount>;
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
});
afterAll(() => shop.close());

const kinds = async () => (await shop.owner.reconcile()).map(({ kind }) => kind);
const count = async (sql: string) => (await shop.db.one<{ count: number }>(sql)).count;

test("after lives of payments, refunds, disputes and renewals nothing differs (case 85)", async () => {
  await shop.buyer("professional_month");
  await shop.buyer("basic_month", "4000000000000341");
  await shop.buyer("basic_year");
  await shop.buyer("credits_1000", "4000000000000259");
  const { intent } = await shop.buyer("credits_500", "4000000000005126");
  await shop.account.stripe.refunds.create({ payment_intent: intent, amount: 120 });
  expect(await shop.owner.reconcile()).toEqual([]);
  for (const seconds of [61, 31 * 86_400, 3600, 10 * 86_400]) {
    await shop.secondsLater(seconds);
    expect(await shop.owner.reconcile()).toEqual([]);
  }
  expect(shop.owner.told.filter((line) => line.includes("could not"))).toEqual([]);
  expect(await count("select count(*)::int from billing.findings")).toBe(0);
}, 180_000);

test("what is changed by hand in the dashboard follows by webhook, and nothing differs (case 84)", async () => {
  const { stripe } = shop.account;
  const pack = await shop.buyer("credits_1000");
  const plan = await shop.buyer("professional_month");
  const gone = await shop.buyer("basic_month");
  await stripe.refunds.create({ payment_intent: pack.intent, amount: 450 });
  const [subscription] = (await stripe.subscriptions.list({ customer: plan.customer })).data;
  await stripe.subscriptions.cancel(subscription?.id ?? "");
  const [price] = (await stripe.prices.list({ lookup_keys: ["credits_5000"] })).data;
  await stripe.prices.update(price?.id ?? "", { active: false });
  await stripe.customers.del(gone.customer);
  await shop.secondsLater(1);
  expect(await shop.owner.reconcile()).toEqual([]);
  expect((await verbsOf(shop.db).credits(pack.user)).total).toBe(600);
  const { is_active } = await shop.db.one("select is_active from billing.provider_prices where id = $1", [
    price?.id,
  ]);
  expect(is_active).toBe(false);
  const { deleted_at } = await shop.db.one("select deleted_at from billing.customers where id = $1", [
    gone.customer,
  ]);
  expect(deleted_at).not.toBeNull();
}, 120_000);

const planted: [kind: string, plant: () => Promise<unknown>][] = [
  [
    "event_not_delivered",
    () =>
      shop.db.query(`delete from billing.stripe_events where id = (
      select id from billing.stripe_events where type = 'invoice.paid' order by noted_at desc limit 1)`),
  ],
  [
    "credited_not_paid",
    async () =>
      shop.db.query(
        `select billing.grant_credits($1, 'permanent', 700, 'checkout:cs_nobody', payment_key => 'checkout:cs_nobody')`,
        [(await shop.buyer("credits_500")).user],
      ),
  ],
  [
    "subscription_differs",
    async () =>
      shop.db.query("update billing.subscriptions set status = 'past_due' where account_id = $1", [
        (await shop.buyer("basic_month")).user,
      ]),
  ],
  [
    "customer_differs",
    async () =>
      shop.db.query(
        "update billing.customers set default_payment_method = 'pm_of_old' where account_id = $1",
        [(await shop.buyer("basic_month")).user],
      ),
  ],
  [
    "payment_method_differs",
    async () =>
      shop.db.query("update billing.payment_methods set last4 = '0000' where account_id = $1", [
        (await shop.buyer("basic_month")).user,
      ]),
  ],
  [
    "payment_differs",
    async () =>
      shop.db.query("update billing.payments set status = 'failed' where account_id = $1", [
        (await shop.buyer("credits_500")).user,
      ]),
  ],
  ["refund_differs", () => shop.db.query("update billing.refunds set status = 'canceled'")],
  ["dispute_differs", () => shop.db.query("update billing.disputes set status = 'won'")],
  ["price_differs", () => shop.db.query("update billing.provider_prices set price_cents = 1")],
];

test("what is planted is found, once; fixed it is gone, and fixed once (case 85)", async () => {
  for (const [, plant] of planted) await plant();
  const found = await shop.owner.reconcile(new Date("2026-01-01"));
  expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(planted.map(([kind]) => kind)));
  expect(await shop.owner.reconcile(new Date("2026-01-01"))).toEqual(found);
  const { rows } = await shop.db.query("select from billing.findings");
  expect(rows).toHaveLength(found.length);

  expect(await shop.owner.fix("found by the night's run")).toBe(found.length);
  expect(await shop.owner.reconcile(new Date("2026-01-01"))).toEqual([]);
  expect(await shop.owner.fix()).toBe(0);
  const audited = `select count(*)::int from billing.audit_log
    where action = 'finding.fix' and reason like '%: found by the night''s run'`;
  expect(await count(audited)).toBe(found.length);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 180_000);

test("what was paid and never told is found and credited, and no finding holds a digit of a card", async () => {
  const { user } = await shop.losing(() => shop.buyer("professional_month"));
  expect((await verbsOf(shop.db).credits(user)).total).toBe(100);
  expect(new Set(await kinds())).toEqual(
    new Set(["event_not_delivered", "paid_not_credited", "subscription_differs", "customer_differs"]),
  );
  expect(JSON.stringify(await shop.owner.findings())).not.toMatch(/4242|@/);
  await shop.owner.fix();
  expect((await verbsOf(shop.db).credits(user)).total).toBe(1100);
  expect(await shop.owner.reconcile()).toEqual([]);
}, 120_000);

// An account that has sold for years moves in: its customers, prices and plans are not ours yet.
import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ImportOptions,
  importCustomers,
} from "../../supabase/functions/_shared/import/import-customers.ts";
import { problemsOf } from "../support/books";
import { billingRows } from "./billing-rows";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

const day = 86_400;
let shop: WithOwner<DeliveringAccount>;
let old: { month: string; year: string; strange: string };
beforeEach(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
  old = {
    month: await oldPrice(999, "month", { lookup_key: "old_basic" }),
    year: await oldPrice(10_190, "year", { nickname: "Basic, yearly" }),
    strange: await oldPrice(1234, "month", { lookup_key: "strange" }),
  };
});
afterEach(() => shop.close());

async function oldPrice(unit_amount: number, interval: "month" | "year", given: object): Promise<string> {
  const { stripe } = shop.account;
  const product = (await stripe.products.create({ name: "Old" })).id;
  return (
    await stripe.prices.create({ product, unit_amount, currency: "usd", recurring: { interval }, ...given })
  ).id;
}

/** Somebody who signed up and confirmed the e-mail. */
async function member(email: string) {
  const user = await shop.db.newUser(email);
  await shop.db.query("update auth.users set email_confirmed_at = now() where id = $1", [user]);
  return user;
}

/** A customer of before, with a plan if there is a price; no event of it came here. */
function customer(price: string | null, given: Stripe.CustomerCreateParams = {}) {
  const { stripe } = shop.account;
  return shop.losing(async () => {
    const { id } = await stripe.customers.create(given);
    if (price === null) return id;
    const card = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
    await stripe.subscriptions.create({ customer: id, items: [{ price }], default_payment_method: card.id });
    return id;
  });
}

async function run(given: Partial<ImportOptions> = {}) {
  shop.owner.told.length = 0;
  const prices = new Map([
    [old.month, "basic_month"],
    [old.year, "basic_year@1"],
  ]);
  const report = await importCustomers(shop.owner.services, {
    isDryRun: false,
    metadataKey: "user_id",
    prices,
    ...given,
  });
  return { ...Object.fromEntries(report.counts), toLookAt: report.toLookAt };
}

const credits = async (user: string) =>
  (
    await shop.db.one<{ left: number }>(
      "select subscription_credits::int as left from get_user_credits($1)",
      [user],
    )
  ).left;
const told = (id: string) => shop.owner.told.filter((line) => line.startsWith(id));

test("customers, plans, cards and the credits of the running period come over once, and reconciliation finds nothing", async () => {
  const [ada, bob] = [await member("ada@example.com"), await member("Bob@Example.com")];
  const ofAda = await customer(old.month, { metadata: { user_id: ada } });
  const ofBob = await customer(old.year, { email: "bob@example.com" });
  await shop.secondsLater(60); // what was told before anything came here is not missed
  const before = await billingRows(shop.db);

  expect(await run({ isDryRun: true })).toEqual({ "would be linked": 2, toLookAt: 0 });
  expect(await billingRows(shop.db)).toEqual(before);
  expect((await shop.account.stripe.prices.retrieve(old.month)).metadata).toEqual({});
  expect(told(old.month)).toEqual([
    `${old.month} is basic_month@1: metadata.price would be written at Stripe`,
  ]);

  expect(await run()).toEqual({ linked: 2, toLookAt: 0 });
  expect(told(ofAda)).toEqual([`${ofAda} linked: account ${ada}`]);
  expect((await shop.account.stripe.prices.retrieve(old.year)).metadata).toEqual({ price: "basic_year@1" });
  expect([await credits(ada), await credits(bob)]).toEqual([300, 300]);
  const { rows } = await shop.db.query(
    `select s.price_key, s.status, m.last4 from billing.subscriptions s
     join billing.payment_methods m on m.id = s.default_payment_method order by s.price_key`,
  );
  expect(rows).toEqual([
    { price_key: "basic_month@1", status: "active", last4: "4242" },
    { price_key: "basic_year@1", status: "active", last4: "4242" },
  ]);
  expect(await shop.db.one("select public.get_customer($1) as id", [bob])).toEqual({ id: ofBob });

  const after = await billingRows(shop.db);
  expect(await run()).toEqual({ "already linked": 2, toLookAt: 0 });
  expect(await billingRows(shop.db)).toEqual(after);
  expect(await shop.owner.reconcile()).toEqual([]);
  await shop.secondsLater(33 * day); // the renewal comes by the webhook, by the price that is known now
  expect(await credits(ada)).toBe(300);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 60_000);

test("what is not certain is told and not guessed", async () => {
  const { stripe } = shop.account;
  const [ada, bob] = [await member("ada@example.com"), await member("bob@example.com")];
  await shop.db.newUser("new@example.com");
  for (const _ of [1, 2])
    await shop.db.query(
      `insert into auth.users (id, email, email_confirmed_at, is_sso_user)
       values (gen_random_uuid(), 'twin@example.com', now(), true)`,
    );
  const unconfirmed = await customer(old.month, { email: "new@example.com" });
  const twin = await customer(null, { email: "twin@example.com" });
  const stranger = await customer(old.month, { email: "who@example.com" });
  await customer(null, { email: "who@example.com" });
  const strange = await customer(old.strange, { metadata: { user_id: ada } });
  const conflict = await customer(null, { metadata: { user_id: bob } });
  await shop.db.query("select link_customer($1, $2)", [ada, conflict]);
  const ended = await customer(old.month, { email: "bob@example.com" });
  const [plan] = (await stripe.subscriptions.list({ customer: ended })).data;
  await shop.losing(() => stripe.subscriptions.cancel(plan?.id ?? ""));
  await stripe.customers.del(await customer(null, { email: "bob@example.com" }));
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_772_000_000 });
  await customer(old.month, { email: "bob@example.com", test_clock: clock.id });

  expect(await run()).toEqual({
    unconfirmed: 1,
    ambiguous: 1,
    nobody: 2,
    "unknown price": 1,
    conflict: 1,
    linked: 1,
    toLookAt: 5,
  });
  expect(told(unconfirmed)).toEqual([`${unconfirmed} unconfirmed: and there is a plan`]);
  expect(told(twin)).toEqual([`${twin} ambiguous`]);
  expect(told(stranger)).toEqual([`${stranger} nobody: and there is a plan`]);
  expect(told(conflict)).toEqual([`${conflict} conflict`]);
  expect(told(strange)[0]).toContain(`${old.strange}: strange is unknown`);
  expect(told(ended)).toEqual([`${ended} linked: account ${bob}`]);
  const { rows } = await shop.db.query("select from billing.subscriptions");
  expect(rows).toEqual([]);

  // Cut off, or once what was missing is there, it goes on.
  const wrong = await run({ prices: new Map([[old.strange, "basic_month"]]) });
  expect(wrong).toMatchObject({ "unknown price": 1 });
  expect(told(strange)[0]).toContain("basic_month@1 is 999 usd month here, and 1234 usd month at Stripe");
}, 60_000);

test("of two customers of one person the one with a plan is in force, and a trial comes with its credits", async () => {
  const { stripe } = shop.account;
  const ada = await member("ada@example.com");
  const first = await customer(null, { email: "ada@example.com" });
  const paying = await customer(null, { email: "ada@example.com" });
  const [price] = (await stripe.prices.list({ lookup_keys: ["professional_month"] })).data;
  await shop.losing(() =>
    stripe.subscriptions.create({
      customer: paying,
      items: [{ price: price?.id ?? "" }],
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    }),
  );
  expect(await run()).toEqual({ linked: 2, toLookAt: 0 });
  expect(told(first)).toEqual([`${first} linked: account ${ada}, beside ${paying}`]);
  expect(await shop.db.one("select public.get_customer($1) as id", [ada])).toEqual({ id: paying });
  const { left } = await shop.db.one<{ left: number }>(
    "select promotional_credits::int as left from get_user_credits($1)",
    [ada],
  );
  expect(left).toBe(500);
  expect(await shop.owner.reconcile()).toEqual([]);
}, 60_000);

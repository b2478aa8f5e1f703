// Plans that change in mid-period, as the sandbox prorates and delivers it and the function applies it.
import type Stripe from "stripe";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";

let shop: DeliveringAccount;
beforeEach(async () => {
  shop = await openDeliveringAccount(new Date("2026-01-31T10:00:00Z"));
});
afterEach(() => shop.close());

/** Somebody on a plan since 31 January. */
async function subscriber(lookupKey: string) {
  const { stripe } = shop.account;
  const user = await shop.db.newUser();
  const customer = (await stripe.customers.create({ metadata: { account_id: user } })).id;
  await shop.account.buy(user, customer, lookupKey);
  await shop.account.runDue();
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  const id = subscription?.id ?? "";
  const item = subscription?.items.data[0]?.id ?? "";
  return {
    id,
    /** To another price or quantity; what it costs is invoiced at once, if not told otherwise. */
    async change(to: string, params: Stripe.SubscriptionUpdateParams = {}, quantity = 1) {
      const { data } = await stripe.prices.list({ lookup_keys: [to] });
      const items = [{ id: item, price: data[0]?.id ?? "", quantity }];
      await stripe.subscriptions.update(id, { proration_behavior: "always_invoice", ...params, items });
      await shop.account.runDue();
    },
    spendable: async () => (await verbsOf(shop.db).credits(user)).subscription_credits,
    granted: async () => {
      const sql =
        "select coalesce(sum(granted_credits), 0)::integer as credits from billing.buckets where account_id = $1 and kind = 'subscription'";
      return (await shop.db.one<{ credits: number }>(sql, [user])).credits;
    },
  };
}

async function parked() {
  const { rows } = await shop.db.query<{ reason: string }>(
    "select reason from billing.stripe_events where state in ('parked', 'failed') order by id",
  );
  return rows.map(({ reason }) => reason);
}

test("up in the middle of a month that began on the 31st grants the difference for what is left", async () => {
  const { change, granted } = await subscriber("basic_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await change("professional_month");
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(300 + 500 - 150);
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("case 53: twice in a minute each change grants its part, and a second unit its own", async () => {
  const { change, granted } = await subscriber("basic_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await change("professional_month");
  await shop.secondsLater(40);
  await change("professional_month", {}, 2);
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(300 + 350 + 499);
});

test("from a month that began on the 31st to a year, though the anchor is another one since", async () => {
  const { change, granted } = await subscriber("basic_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await change("professional_year");
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(300 + 12_000 - 150);
});

test("up in the middle of a year is worth its seconds, and is spread over the months left", async () => {
  const { change, granted, spendable } = await subscriber("basic_year");
  await shop.moveTo(new Date("2026-06-26T10:00:00Z")); // 146 of 365 days are over
  await change("professional_year");
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(3600 + 0.6 * (12_000 - 3600));
  expect(await spendable()).toBeLessThan(2000);
});

test("what is kept for the renewal counts once there: the new month less what was given back", async () => {
  const { change, granted } = await subscriber("professional_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await change("basic_month", { proration_behavior: "create_prorations" });
  await change("professional_month", { proration_behavior: "create_prorations" });
  await shop.moveTo(new Date("2026-02-28T12:00:00Z"));
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(2000);
});

test("down with the money back at once is parked, for the owner to see", async () => {
  const { change, granted } = await subscriber("professional_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await change("basic_month");
  expect(new Set(await parked())).toEqual(new Set(["the total of -1000 usd is below zero"]));
  expect(await granted()).toBe(1000);
});

test("a pause whose time is credited keeps the credits, and what resumes grants as much less", async () => {
  const { stripe } = shop.account;
  const { id, granted, spendable } = await subscriber("professional_month");
  await shop.moveTo(new Date("2026-02-14T10:00:00Z"));
  await stripe.subscriptions.pause(id);
  await shop.account.runDue();
  expect(await spendable()).toBe(0);
  await shop.moveTo(new Date("2026-04-14T10:00:00Z"));
  await stripe.subscriptions.resume(id);
  await stripe.invoices.pay(String((await stripe.subscriptions.retrieve(id)).latest_invoice), {});
  await shop.account.runDue();
  expect(await parked()).toEqual([]);
  expect(await granted()).toBe(1000 + 1000 - 500);
  expect(await spendable()).toBe(1500);
  expect(await problemsOf(shop.db)).toEqual([]);
});

// Codes and tax: what is paid is less or more than the catalog's price, and what is granted is the same.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf } from "./owner";

let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-10T10:00:00Z"));
});
afterAll(() => shop.close());

/** Somebody who has bought something with a discount or tax, and whose events have come. */
async function buyer(lookupKey: string, given: Partial<Stripe.Checkout.SessionCreateParams>) {
  const { stripe, pay, runDue } = shop.account;
  const user = await shop.db.newUser();
  const metadata = { account_id: user };
  const { id: customer } = await stripe.customers.create({ metadata });
  const [price] = (await stripe.prices.list({ lookup_keys: [lookupKey] })).data;
  const { id } = await stripe.checkout.sessions.create({
    ...{ customer, metadata, mode: price?.recurring ? "subscription" : "payment" },
    line_items: [{ price: price?.id ?? "", quantity: 1 }],
    success_url: "http://127.0.0.1/paid",
    ...given,
  });
  await pay(`/pay/${id}`);
  await runDue();
  return {
    subscription: async () => (await stripe.subscriptions.list({ customer })).data[0],
    async refund(cents: number) {
      const { payment_intent: intent } = await stripe.checkout.sessions.retrieve(id);
      await stripe.refunds.create({ payment_intent: String(intent), amount: cents });
      await runDue();
    },
    has: () =>
      shop.db.one<{ credits: number; paid: number[] }>(
        `select (c.subscription_credits + c.permanent_credits)::integer as credits, (
           select array_agg(p.amount_cents::integer order by p.amount_cents) from billing.payments p
           where p.account_id = $1) as paid
         from get_user_credits($1) c`,
        [user],
      ),
  };
}
const coupon = async (given: Stripe.CouponCreateParams) => ({
  discounts: [{ coupon: (await shop.account.stripe.coupons.create(given)).id }],
});
const taxed = { automatic_tax: { enabled: true } };

test("a plan and a pack that cost nothing by a code grant all of their credits", async () => {
  const free = await coupon({ percent_off: 100 });
  expect(await (await buyer("basic_month", free)).has()).toEqual({ credits: 300, paid: [0] });
  expect(await (await buyer("credits_500", free)).has()).toEqual({ credits: 500, paid: [0] });
});

test("a part of the price grants all of the credits; of what was paid a part that goes back takes its part", async () => {
  const pack = await buyer("credits_500", await coupon({ amount_off: 100, currency: "usd" }));
  expect(await pack.has()).toEqual({ credits: 500, paid: [400] });
  await pack.refund(200);
  expect((await pack.has()).credits).toBe(250);
  await pack.refund(200);
  expect((await pack.has()).credits).toBe(0);
});

test("tax is paid and grants nothing; a refund is a part of all that was paid", async () => {
  expect(await (await buyer("basic_month", taxed)).has()).toEqual({ credits: 300, paid: [1099] });
  const pack = await buyer("credits_500", taxed);
  expect(await pack.has()).toEqual({ credits: 500, paid: [550] });
  await pack.refund(275);
  expect((await pack.has()).credits).toBe(250);
});

test("whoever pays half of each price and changes plans gets what the prices are worth", async () => {
  const { stripe } = shop.account;
  const half = await buyer("basic_month", await coupon({ percent_off: 50, duration: "forever" }));
  const change = async (to: string) => {
    const [price] = (await stripe.prices.list({ lookup_keys: [to] })).data;
    const subscription = await half.subscription();
    const items = [{ id: subscription?.items.data[0]?.id ?? "", price: price?.id ?? "" }];
    await stripe.subscriptions.update(subscription?.id ?? "", {
      items,
      proration_behavior: "always_invoice",
    });
    await shop.account.runDue();
  };
  await change("professional_month");
  expect(await half.has()).toEqual({ credits: 1000, paid: [499, 1001] });
});

test("nothing of it waits, the books are right, and a reconciliation finds nothing", async () => {
  const { rows } = await shop.db.query(
    "select id from billing.stripe_events where state in ('parked', 'failed')",
  );
  expect(rows).toEqual([]);
  expect(await problemsOf(shop.db)).toEqual([]);
  expect(await ownerOf(shop.db, shop.account.url).reconcile()).toEqual([]);
});

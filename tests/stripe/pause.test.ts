import type Stripe from "stripe";
import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const seconds = (time: string) => Date.parse(time) / 1000;
const start = seconds("2027-06-01T00:00:00Z");
const half = seconds("2027-06-16T00:00:00Z");
const end = seconds("2027-07-01T00:00:00Z");
const day = 86_400;

/** A plan of $29.99 a month, in the middle of its first month. */
async function inHalf(number = cards.pays) {
  const { stripe, subscribe, advance } = sandbox();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const { subscription, customer } = await subscribe("professional_month", number, { test_clock: clock.id });
  await advance(clock.id, half);
  return { id: subscription.id, customer: customer.id, clock: clock.id };
}

async function amounts(invoice: string | Stripe.Invoice | null) {
  const { data } = await sandbox().stripe.invoices.listLineItems(String(invoice));
  return data.map((line) => [line.amount, line.parent?.subscription_item_details?.proration]);
}

test("pause: the status says so and why, and the events are updated and paused", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { id } = await inHalf();
  let paused: Stripe.Subscription | undefined;
  const delivered = await deliveredBy(async () => {
    paused = await stripe.subscriptions.pause(id);
  });
  expect(delivered).toEqual(["customer.subscription.updated", "customer.subscription.paused"]);
  expect(paused).toMatchObject({
    status: "paused",
    status_details: {
      paused: {
        type: "subscription",
        transitioned_at: half,
        subscription: { type: "pause_requested" },
      },
    },
  });
});

test("pause: there are no periods and no invoices while it lasts", async () => {
  const { stripe, advance } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.pause(id);
  await advance(clock, half + 59 * day);
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  const paused = await stripe.subscriptions.retrieve(id);
  expect(paused.items.data[0]).toMatchObject({ current_period_start: start, current_period_end: end });
});

test("pause: the unused half of what was paid is credited on the invoice that resumes", async () => {
  const { stripe, advance, deliveredBy } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.pause(id);
  await advance(clock, end + 10 * day);
  let resumed: Stripe.Subscription | undefined;
  const delivered = await deliveredBy(async () => {
    resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
  });
  expect(delivered).toContain("customer.subscription.resumed");
  expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: end + 10 * day });
  expect(resumed?.status_details).toBeUndefined();
  expect(resumed?.items.data[0]).toMatchObject({
    current_period_start: end + 10 * day,
    current_period_end: seconds("2027-08-11T00:00:00Z"),
  });
  expect(await amounts(resumed?.latest_invoice ?? "")).toEqual([
    [-1500, true],
    [2999, false],
  ]);
  const invoice = await stripe.invoices.retrieve(String(resumed?.latest_invoice));
  expect(invoice).toMatchObject({ status: "paid", total: 1499, amount_paid: 1499 });
});

test.each([
  ["none", [[2999, false]]],
  [
    "item_current_period_start",
    [
      [-2999, true],
      [2999, false],
    ],
  ],
] as const)("pause: with unused time from %s the next invoice has the lines %j", async (type, lines) => {
  const { stripe } = sandbox();
  const { id } = await inHalf();
  await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type } } });
  const resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
  expect(resumed.status).toBe("active");
  expect(await amounts(resumed.latest_invoice)).toEqual(lines);
});

test("pause: an invoice made at once leaves the credit in the customer's balance, and the next one takes it", async () => {
  const { stripe } = sandbox();
  const { id, customer } = await inHalf();
  const paused = await stripe.subscriptions.pause(id, { invoicing_behavior: "invoice" });
  expect(await stripe.invoices.retrieve(String(paused.latest_invoice))).toMatchObject({
    status: "paid",
    total: -1500,
    amount_due: 0,
    ending_balance: -1500,
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1500 });
  const resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
  expect(await stripe.invoices.retrieve(String(resumed.latest_invoice))).toMatchObject({
    total: 2999,
    starting_balance: -1500,
    amount_paid: 1499,
    ending_balance: 0,
  });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
});

test("resume: by default its invoice waits for the caller, and after 23 hours the pause goes on", async () => {
  const { stripe, advance } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.pause(id);
  const waiting = await stripe.subscriptions.resume(id);
  expect(waiting.status).toBe("paused");
  const invoice = () => stripe.invoices.retrieve(String(waiting.latest_invoice));
  expect(await invoice()).toMatchObject({ status: "open", attempted: false });
  await expect(stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
  await advance(clock, half + 23 * 3600);
  expect((await invoice()).status).toBe("void");
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("paused");
});

test.each([
  ["resume_on_payment_attempt", "past_due"],
  ["resume_on_payment_success", "paused"],
] as const)(
  "resume: with %s a card that fails leaves it %s, and another card ends it",
  async (payment_behavior, status) => {
    const { stripe, pay } = sandbox();
    const { id } = await inHalf(cards.failsLater);
    await stripe.subscriptions.pause(id);
    const { latest_invoice } = await stripe.subscriptions.resume(id, { payment_behavior });
    const tried = stripe.invoices.pay(String(latest_invoice), { off_session: true });
    await expect(tried).rejects.toMatchObject({ code: "card_declined" });
    expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
    await pay(`/invoice/${latest_invoice}`);
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      status: "active",
      billing_cycle_anchor: half,
    });
  },
);

test("resume: with the anchor unchanged the period is the one around now, and its rest is prorated", async () => {
  const { stripe, advance } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.pause(id);
  await advance(clock, seconds("2027-07-24T06:00:00Z"));
  const resumed = await stripe.subscriptions.resume(id, {
    billing_cycle_anchor: { type: "unchanged" },
    proration_behavior: "always_invoice",
    payment_behavior: "resume_on_payment_success",
  });
  expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: start });
  expect(resumed.items.data[0]).toMatchObject({
    current_period_start: end,
    current_period_end: seconds("2027-08-01T00:00:00Z"),
  });
  // A quarter of the 31 days is left.
  expect(await amounts(resumed.latest_invoice)).toEqual([
    [-1500, true],
    [750, true],
  ]);
});

test("resume: where nothing is to be paid it is active at once", async () => {
  const { stripe, advance } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.pause(id, { bill_for: { unused_time_from: { type: "none" } } });
  await advance(clock, half + day);
  const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "unchanged" } });
  expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: start });
  await advance(clock, end + 2 * 3600);
  const { latest_invoice } = await stripe.subscriptions.retrieve(id);
  expect(await amounts(latest_invoice)).toEqual([[2999, false]]);
  await expect(stripe.subscriptions.resume(id)).rejects.toMatchObject({ statusCode: 400 });
});

test("pause: one that is not active cannot be paused", async () => {
  const { stripe } = sandbox();
  const { id } = await inHalf();
  await stripe.subscriptions.pause(id);
  await expect(stripe.subscriptions.pause(id)).rejects.toMatchObject({ statusCode: 400 });
});

test("pause: a date on which it ends is kept to", async () => {
  const { stripe, advance } = sandbox();
  const { id, clock } = await inHalf();
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await stripe.subscriptions.pause(id);
  await advance(clock, end);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: "canceled", ended_at: end });
});

import type Stripe from "stripe";
import { expect, test } from "vitest";
import { amountsOf, day, june, lifeOf } from "./plans.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
type Trial = Stripe.Checkout.SessionCreateParams.SubscriptionData;
type Missing = "cancel" | "create_invoice" | "pause";

/** A trial of a $29.99 plan through Checkout on 1 June, with a card or without. */
async function trial(subscription_data: Trial, number: string | null) {
  const { stripe, pay, advance, deliveredBy, publicUrl } = sandbox();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: june.start });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const { data } = await stripe.prices.list({ lookup_keys: ["professional_month"] });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: data[0]?.id ?? "", quantity: 1 }],
    success_url: "http://127.0.0.1:21000/",
    payment_method_collection: number ? "always" : "if_required",
    subscription_data,
  });
  const page = await (await fetch(`${publicUrl}/pay/${session.id}`)).text();
  const delivered = await deliveredBy(async () => {
    expect((await pay(session.id, number ?? "")).status).toBe(303);
  });
  const { subscription } = await stripe.checkout.sessions.retrieve(session.id);
  const id = String(subscription);
  return {
    ...{ id, page, delivered, session: session.id, customer: customer.id },
    to: (time: number) => advance(clock.id, time),
    read: () => stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] }),
    types: async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type),
  };
}

const onMissing = (missing_payment_method: Missing): Trial => ({
  trial_period_days: 14,
  trial_settings: { end_behavior: { missing_payment_method } },
});

test("trial: it costs nothing, and its first invoice says so", async () => {
  const { stripe } = sandbox();
  const { read, page, session, delivered } = await trial({ trial_period_days: 14 }, cards.pays);
  const end = june.start + 14 * day;
  const subscription = await read();
  expect(subscription).toMatchObject({
    status: "trialing",
    trial_start: june.start,
    trial_end: end,
    billing_cycle_anchor: end,
    latest_invoice: { total: 0, status: "paid", billing_reason: "subscription_create" },
  });
  expect(subscription.items.data[0]).toMatchObject({
    current_period_start: june.start,
    current_period_end: end,
  });
  const invoice = subscription.latest_invoice as Stripe.Invoice;
  expect(invoice.lines.data[0]).toMatchObject({
    amount: 0,
    description: "Trial period for Professional",
    period: { start: june.start, end },
  });
  expect(page).toContain("Start trial");
  expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({
    amount_total: 0,
    payment_status: "no_payment_required",
  });
  expect(delivered).not.toContain("customer.subscription.trial_will_end");
});

test("trial: three days before its end it is told of, and then the plan is paid", async () => {
  const { deliveredBy } = sandbox();
  const { to, read } = await trial({ trial_period_days: 14 }, cards.pays);
  const end = june.start + 14 * day;
  expect(await deliveredBy(() => to(end - 3 * day - 1))).toEqual([]);
  expect(await deliveredBy(() => to(end - 3 * day))).toEqual(["customer.subscription.trial_will_end"]);
  expect(await deliveredBy(() => to(end - 1))).toEqual([]);
  await to(end);
  expect(await read()).toMatchObject({
    status: "active",
    latest_invoice: { status: "draft", total: 2999, billing_reason: "subscription_cycle" },
  });
  await to(end + 2 * 3600);
  expect(await read()).toMatchObject({
    status: "active",
    trial_end: end,
    latest_invoice: { status: "paid", period_start: june.start, period_end: end },
  });
});

test("trial: one of two days is told of at once", async () => {
  const { delivered } = await trial({ trial_end: june.start + 2 * day }, cards.pays);
  expect(delivered).toEqual([
    "payment_method.attached",
    "customer.subscription.created",
    "customer.subscription.trial_will_end",
    "invoice.finalized",
    "invoice.paid",
    "checkout.session.completed",
  ]);
});

test.each([
  ["cancel", "canceled"],
  ["pause", "paused"],
  ["create_invoice", "active"],
] as const)("trial: without a card at its end and with %s it is %s", async (missing, status) => {
  const { to, read, page } = await trial(onMissing(missing), null);
  expect(page).not.toContain('name="number"');
  expect(await read()).toMatchObject({ status: "trialing", default_payment_method: null });
  await to(june.start + 14 * day);
  expect((await read()).status).toBe(status);
});

test("trial: without a card and with an invoice it is past due once that has failed", async () => {
  const { to, read } = await trial(onMissing("create_invoice"), null);
  await to(june.start + 15 * day);
  expect(await read()).toMatchObject({ status: "past_due", latest_invoice: { status: "open", total: 2999 } });
});

test("trial: paused for want of a card it says why, and a card and a resumption begin the plan", async () => {
  const { stripe } = sandbox();
  const { id, to, read, customer } = await trial(onMissing("pause"), null);
  await to(june.start + 20 * day);
  const paused = await read();
  expect(paused.status_details?.paused).toMatchObject({
    subscription: { type: "trial_end_without_payment_method" },
    transitioned_at: june.start + 14 * day,
  });
  const card = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await stripe.subscriptions.update(id, { default_payment_method: card.id });
  const resumed = await stripe.subscriptions.resume(id, { payment_behavior: "resume_on_payment_success" });
  expect(resumed).toMatchObject({ status: "active", billing_cycle_anchor: june.start + 20 * day });
  expect(await read()).toMatchObject({ latest_invoice: { total: 2999, status: "paid" } });
});

test("trial: ended at once, the plan is paid at once", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { id, to, read } = await trial({ trial_period_days: 14 }, cards.pays);
  await to(june.start + day);
  const delivered = await deliveredBy(() => stripe.subscriptions.update(id, { trial_end: "now" }));
  expect(delivered).toContain("customer.subscription.trial_will_end");
  expect(await read()).toMatchObject({
    status: "active",
    trial_end: june.start + day,
    billing_cycle_anchor: june.start + day,
    latest_invoice: { total: 2999, status: "paid" },
  });
});

test("trial: a longer one costs nothing more until its end", async () => {
  const { stripe } = sandbox();
  const { id, to, read } = await trial({ trial_period_days: 14 }, cards.pays);
  await to(june.start + day);
  await stripe.subscriptions.update(id, { trial_end: june.start + 40 * day });
  await to(june.start + 39 * day);
  expect(await read()).toMatchObject({ status: "trialing", latest_invoice: { total: 0 } });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await to(june.start + 41 * day);
  expect(await read()).toMatchObject({ status: "active", latest_invoice: { total: 2999 } });
});

test("trial: another plan while it lasts costs nothing, and is what is paid after it", async () => {
  const { stripe } = sandbox();
  const { prices, customer, card, to } = await lifeOf(sandbox());
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: prices.small }],
    default_payment_method: card,
    trial_period_days: 7,
  });
  const item = made.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(made.id, {
    items: [{ id: item, price: prices.big }],
    proration_behavior: "always_invoice",
  });
  expect((await stripe.invoices.list({ subscription: made.id })).data).toHaveLength(1);
  await to(june.start + 8 * day);
  const [invoice] = (await stripe.invoices.list({ subscription: made.id })).data;
  expect(invoice && amountsOf(invoice)).toEqual([2000]);
});

test("trial: one that begins in a paid month credits its rest", async () => {
  const { stripe } = sandbox();
  const { id, to, latest, customer } = await lifeOf(sandbox());
  await to(june.half);
  const trialing = await stripe.subscriptions.update(id, { trial_end: june.end });
  expect(trialing).toMatchObject({ status: "trialing", billing_cycle_anchor: june.end });
  expect(amountsOf(await latest())).toEqual([-500, 0]);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
});

test("trial: dates that cannot be are refused", async () => {
  const { stripe } = sandbox();
  const refused = (subscription_data: Trial) => expect(trial(subscription_data, cards.pays)).rejects;
  await refused({ trial_end: june.start + 2 * day - 1 }).toMatchObject({
    param: "subscription_data[trial_end]",
  });
  await refused({ trial_period_days: 0 }).toMatchObject({ param: "subscription_data[trial_period_days]" });
  await refused({ trial_period_days: 3, trial_end: june.end }).toMatchObject({ statusCode: 400 });
  const { id } = await lifeOf(sandbox());
  await expect(stripe.subscriptions.update(id, { trial_end: june.start })).rejects.toMatchObject({
    param: "trial_end",
  });
});

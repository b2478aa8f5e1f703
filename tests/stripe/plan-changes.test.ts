import { expect, test } from "vitest";
import { amountsOf, day, june, lifeOf, linesOf, seconds } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("upgrade: half a month of $10 is credited, half a month of $20 debited, and $5 is paid at once", async () => {
  const { deliveredBy } = sandbox();
  const { change, latest, to, prices, item } = await lifeOf(sandbox());
  await to(june.half);
  const delivered = await deliveredBy(async () => {
    const changed = await change("big", { proration_behavior: "always_invoice" });
    expect(changed).toMatchObject({ status: "active", billing_cycle_anchor: june.start });
    expect(changed.items.data[0]).toMatchObject({ id: item, price: { id: prices.big }, quantity: 1 });
  });
  expect(delivered).toEqual(expect.arrayContaining(["customer.subscription.updated", "invoice.paid"]));
  const invoice = await latest();
  expect(invoice).toMatchObject({ billing_reason: "subscription_update", total: 500, status: "paid" });
  const period = { start: june.half, end: june.end };
  expect(linesOf(invoice)).toEqual([
    { amount: -500, price: prices.small, item, proration: true, period },
    { amount: 1000, price: prices.big, item, proration: true, period },
  ]);
});

test("upgrade: by default the prorations wait for the renewal, which is $20 and the $5", async () => {
  const { stripe } = sandbox();
  const { id, change, latest, to } = await lifeOf(sandbox());
  await to(june.half);
  await change("big");
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await to(june.end + 2 * 3600);
  const renewal = await latest();
  expect(amountsOf(renewal)).toEqual([-500, 1000, 2000]);
  expect(renewal).toMatchObject({ billing_reason: "subscription_cycle", status: "paid", amount_paid: 2500 });
  await to(june.end + 31 * day + 2 * 3600);
  expect(amountsOf(await latest())).toEqual([2000]);
});

test("upgrade: without prorations nothing is credited nor debited, then or later", async () => {
  const { stripe } = sandbox();
  const { id, change, latest, to } = await lifeOf(sandbox());
  await to(june.half);
  await change("big", { proration_behavior: "none" });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  // What was debited is what is credited: $10 for the month, whatever the price has been since.
  await to(june.threeQuarters);
  await change("small", { proration_behavior: "always_invoice" });
  expect(amountsOf(await latest())).toEqual([-250, 250]);
});

test("upgrade: a second change credits what the first one debited, to the cent", async () => {
  const { change, latest, to } = await lifeOf(sandbox());
  await to(june.half);
  await change("big", { proration_behavior: "always_invoice" });
  await to(june.threeQuarters);
  await change("small", { proration_behavior: "always_invoice" });
  expect(amountsOf(await latest())).toEqual([-500, 250]);
  await change("big", { proration_behavior: "always_invoice" });
  expect(amountsOf(await latest())).toEqual([-250, 500]);
});

test("upgrade: the proration date counts instead of now, and only in the period", async () => {
  const { change, latest, to } = await lifeOf(sandbox());
  await to(june.threeQuarters);
  await expect(change("big", { proration_date: june.start - 1 })).rejects.toMatchObject({
    param: "proration_date",
  });
  await change("big", { proration_behavior: "always_invoice", proration_date: june.half });
  expect(amountsOf(await latest())).toEqual([-500, 1000]);
});

test("downgrade: the credit stays in the customer's balance, and the renewal takes it", async () => {
  const { stripe } = sandbox();
  const { change, latest, to, customer } = await lifeOf(sandbox(), "big");
  await to(june.half);
  await change("small", { proration_behavior: "always_invoice" });
  expect(await latest()).toMatchObject({ total: -500, status: "paid", amount_paid: 0, ending_balance: -500 });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
  await to(june.end + 2 * 3600);
  expect(await latest()).toMatchObject({ total: 1000, starting_balance: -500, amount_paid: 500 });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: 0 });
});

test("interval: from month to year a period begins at once, less what is left of the month", async () => {
  const { change, latest, to, prices, item, read } = await lifeOf(sandbox());
  await to(june.half);
  const changed = await change("year");
  const yearOn = seconds("2028-06-16T00:00:00Z");
  expect(changed).toMatchObject({ billing_cycle_anchor: june.half });
  expect(changed.items.data[0]).toMatchObject({
    current_period_start: june.half,
    current_period_end: yearOn,
  });
  const invoice = await latest();
  expect(linesOf(invoice)).toEqual([
    { amount: -500, price: prices.small, item, proration: true, period: { start: june.half, end: june.end } },
    { amount: 20_000, price: prices.year, item, proration: false, period: { start: june.half, end: yearOn } },
  ]);
  expect(invoice).toMatchObject({ total: 19_500, status: "paid" });
  // And back, half a year on: the rest of the year outweighs the month.
  await to(seconds("2027-12-16T00:00:00Z"));
  await change("small");
  expect(amountsOf(await latest())).toEqual([-10_000, 1000]);
  expect((await read()).billing_cycle_anchor).toBe(seconds("2027-12-16T00:00:00Z"));
});

test("anchor: set to now, a new month begins, and the old one is credited unless prorations are off", async () => {
  const { stripe } = sandbox();
  const { id, latest, to } = await lifeOf(sandbox());
  await to(june.half);
  const now = await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
  expect(now.items.data[0]).toMatchObject({
    current_period_start: june.half,
    current_period_end: june.half + 30 * day,
  });
  expect(amountsOf(await latest())).toEqual([-500, 1000]);
  await stripe.subscriptions.update(id, {
    billing_cycle_anchor: { type: "now" },
    proration_behavior: "none",
  });
  expect(amountsOf(await latest())).toEqual([1000]);
  const before = (await latest()).id;
  await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "unchanged" } });
  expect((await latest()).id).toBe(before);
});

test("free to paid: a period begins and is paid at once", async () => {
  const { change, latest, to, read } = await lifeOf(sandbox(), "free");
  expect(await read()).toMatchObject({ status: "active" });
  await to(june.half);
  await change("big");
  expect(amountsOf(await latest())).toEqual([2000]);
  expect(await read()).toMatchObject({ billing_cycle_anchor: june.half });
});

test("plan change: one that has ended has no items to change", async () => {
  const { stripe } = sandbox();
  const { id, change } = await lifeOf(sandbox());
  await stripe.subscriptions.cancel(id);
  await expect(change("big")).rejects.toMatchObject({ code: "subscription_canceled" });
});

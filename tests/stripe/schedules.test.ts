import type Stripe from "stripe";
import { expect, test } from "vitest";
import { amountsOf, day, june, lifeOf, seconds } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase;

/** A plan with a schedule that was made in the middle of June. */
async function scheduled(key: "big" | "year" = "big") {
  const { stripe } = sandbox();
  const life = await lifeOf(sandbox(), key);
  await life.to(june.half);
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: life.id });
  const phase = schedule.phases[0];
  const now: Phase = {
    items: [{ price: life.prices[key], quantity: 1 }],
    start_date: phase?.start_date ?? 0,
    end_date: phase?.end_date ?? 0,
  };
  const update = (phases: Phase[], given: Stripe.SubscriptionScheduleUpdateParams = {}) =>
    stripe.subscriptionSchedules.update(schedule.id, { phases, ...given });
  const readSchedule = () => stripe.subscriptionSchedules.retrieve(schedule.id);
  return { ...life, schedule, now, update, readSchedule };
}

test("schedule: made from a subscription, its one phase is the current period, and the plan names it", async () => {
  const { schedule, read, prices, id, customer } = await scheduled();
  expect(schedule).toMatchObject({
    status: "active",
    subscription: id,
    customer,
    created: june.half,
    end_behavior: "release",
    current_phase: { start_date: june.start, end_date: june.end },
    phases: [{ start_date: june.start, end_date: june.end, items: [{ price: prices.big, quantity: 1 }] }],
  });
  expect((await read()).schedule).toBe(schedule.id);
});

test("downgrade: at the period's end the renewal charges the smaller plan, and nothing is prorated", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { update, now, prices, read, latest, to, id, item } = await scheduled();
  const delivered = await deliveredBy(async () => {
    const updated = await update([now, { items: [{ price: prices.small }], proration_behavior: "none" }]);
    expect(updated.phases.map(({ start_date, end_date }) => [start_date, end_date])).toEqual([
      [june.start, june.end],
      [june.end, seconds("2027-08-01T00:00:00Z")],
    ]);
  });
  expect(delivered).toEqual(["subscription_schedule.updated"]);
  expect((await read()).items.data[0]?.price.id).toBe(prices.big);
  await to(june.end + 2 * 3600);
  expect((await read()).items.data).toMatchObject([
    { id: item, price: { id: prices.small }, current_period_start: june.end },
  ]);
  const renewal = await latest();
  expect(amountsOf(renewal)).toEqual([1000]);
  expect(renewal).toMatchObject({ billing_reason: "subscription_cycle", status: "paid" });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
});

test("downgrade: from a year to a month at the year's end, counted from its anchor", async () => {
  const { update, now, prices, latest, to, read } = await scheduled("year");
  await update([now, { items: [{ price: prices.small }], proration_behavior: "none" }]);
  const end = seconds("2028-06-01T00:00:00Z");
  await to(end + 2 * 3600);
  expect(amountsOf(await latest())).toEqual([1000]);
  expect((await read()).items.data[0]).toMatchObject({
    current_period_start: end,
    current_period_end: seconds("2028-07-01T00:00:00Z"),
  });
});

test("schedule: after its last phase it lets the plan go on as it is", async () => {
  const { update, now, prices, latest, to, read, readSchedule, id } = await scheduled();
  await update([
    now,
    { items: [{ price: prices.small }], duration: { interval: "month", interval_count: 1 } },
  ]);
  await to(seconds("2027-08-01T02:00:00Z"));
  expect(await readSchedule()).toMatchObject({
    status: "released",
    subscription: null,
    released_subscription: id,
    released_at: seconds("2027-08-01T00:00:00Z"),
    current_phase: null,
  });
  expect(await read()).toMatchObject({ schedule: null, status: "active" });
  expect(amountsOf(await latest())).toEqual([1000]);
});

test("schedule: with end behavior cancel the plan ends with it, and is not renewed", async () => {
  const { stripe } = sandbox();
  const { update, now, to, read, readSchedule, id } = await scheduled();
  await update([now], { end_behavior: "cancel" });
  await to(june.end + 2 * 3600);
  expect(await read()).toMatchObject({ status: "canceled", ended_at: june.end });
  expect(await readSchedule()).toMatchObject({ status: "completed", completed_at: june.end });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
});

test("schedule: a phase that begins in the middle of a period is a change of plan, prorated as it says", async () => {
  const { update, now, prices, latest, to } = await scheduled();
  const cut = { ...now, end_date: june.threeQuarters };
  await update([
    cut,
    { items: [{ price: prices.small }, { price: prices.extra }], proration_behavior: "always_invoice" },
  ]);
  await to(june.threeQuarters);
  expect(amountsOf(await latest())).toEqual([-500, 250, 100]);
});

test("schedule: the current phase changed is the plan changed at once", async () => {
  const { update, now, prices, latest, read } = await scheduled();
  const items = [{ price: prices.big, quantity: 2 }];
  await update([{ ...now, items }], { proration_behavior: "always_invoice" });
  expect((await read()).items.data[0]?.quantity).toBe(2);
  expect(amountsOf(await latest())).toEqual([-1000, 2000]);
});

test("release: the plan is on its own again, and stays what it is", async () => {
  const { stripe } = sandbox();
  const { update, now, prices, schedule, to, read, latest } = await scheduled();
  await update([now, { items: [{ price: prices.small }] }]);
  expect((await stripe.subscriptionSchedules.release(schedule.id)).status).toBe("released");
  expect((await read()).schedule).toBeNull();
  await to(june.end + 2 * 3600);
  expect(amountsOf(await latest())).toEqual([2000]);
  await expect(stripe.subscriptionSchedules.release(schedule.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("schedule: with one a plan is neither paused nor told when to end, and has no other", async () => {
  const { stripe } = sandbox();
  const { id } = await scheduled();
  const refused = { statusCode: 400 };
  await expect(stripe.subscriptions.pause(id)).rejects.toMatchObject(refused);
  await expect(stripe.subscriptions.update(id, { cancel_at_period_end: true })).rejects.toMatchObject(
    refused,
  );
  await expect(stripe.subscriptionSchedules.create({ from_subscription: id })).rejects.toMatchObject(refused);
});

test("schedule: a plan that is cancelled cancels it", async () => {
  const { stripe } = sandbox();
  const { id, readSchedule } = await scheduled();
  await stripe.subscriptions.cancel(id);
  expect(await readSchedule()).toMatchObject({ status: "canceled", canceled_at: june.half });
});

test("schedule: phases follow each other without a gap, and end in the future", async () => {
  const { update, now, prices } = await scheduled();
  const next = { items: [{ price: prices.small }] };
  await expect(update([now, { ...next, start_date: june.end + day }])).rejects.toMatchObject({
    param: "phases[1][start_date]",
  });
  await expect(update([now, { ...next, end_date: june.end }])).rejects.toMatchObject({
    param: "phases[1][end_date]",
  });
  await expect(update([{ ...now, end_date: june.half }])).rejects.toMatchObject({
    param: "phases[0][end_date]",
  });
});

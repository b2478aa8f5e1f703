import { expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile("2026-06-01T00:00:00Z");
const seconds = (time: string) => Date.parse(time) / 1000;
const day = 86_400;
const start = seconds("2027-01-31T10:00:00Z");

const newClock = () => sandbox().stripe.testHelpers.testClocks.create({ frozen_time: start, name: "life" });

async function onClock(lookupKey = "professional_month", number = cards.pays) {
  const clock = await newClock();
  const bought = await sandbox().subscribe(lookupKey, number, { test_clock: clock.id });
  return { ...bought, clock: clock.id };
}

test("test clock: what a customer on it does is dated by it, and the platform's time is not", async () => {
  const { stripe } = sandbox();
  const { customer, subscription, clock } = await onClock();
  expect(customer).toMatchObject({ created: start, test_clock: clock });
  expect(subscription).toMatchObject({ created: start, billing_cycle_anchor: start, test_clock: clock });
  expect(subscription.items.data[0]).toMatchObject({
    current_period_start: start,
    current_period_end: seconds("2027-02-28T10:00:00Z"),
  });
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice));
  expect(invoice).toMatchObject({
    created: start,
    test_clock: clock,
    status_transitions: { paid_at: start },
  });
  const { data } = await stripe.events.list({ type: "invoice.paid", limit: 1 });
  expect(data[0]).toMatchObject({ created: start });
  const other = await stripe.customers.create({ name: "Grace" });
  expect(other).toMatchObject({ created: seconds("2026-06-01T00:00:00Z"), test_clock: null });
});

test("test clock: an advance answers at once, and renews, each instant delivered before the next", async () => {
  const { stripe, advance, webhook, clock: platform } = sandbox();
  const { subscription, clock } = await onClock();
  await sandbox().runDue();
  webhook.events.length = 0;
  const end = seconds("2027-02-28T10:00:00Z");
  const asked = await stripe.testHelpers.testClocks.advance(clock, { frozen_time: end + 2 * 3600 });
  expect(asked).toMatchObject({
    status: "advancing",
    status_details: { advancing: { target_frozen_time: end + 2 * 3600 } },
  });
  await sandbox().runDue();
  expect(await stripe.testHelpers.testClocks.retrieve(clock)).toMatchObject({
    status: "ready",
    frozen_time: end + 2 * 3600,
    status_details: {},
  });
  const renewed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(renewed).toMatchObject({ latest_invoice: { created: end, status: "paid" } });
  const seen = webhook.events.map(({ type, created }) => [type, created]);
  expect(seen[0]).toEqual(["customer.subscription.updated", end]);
  expect(seen).toContainEqual(["invoice.paid", end + 3600]);
  expect(platform.now.toISOString()).toBe("2026-06-01T00:00:00.000Z");
  const { data } = await stripe.events.list({
    types: ["test_helpers.test_clock.advancing", "test_helpers.test_clock.ready"],
    limit: 2,
  });
  expect(data.map((event) => event.type)).toEqual([
    "test_helpers.test_clock.ready",
    "test_helpers.test_clock.advancing",
  ]);
  expect((await advance(clock, end + 3 * 3600)).status).toBe("ready");
});

test("test clock: the platform's time moves nobody on it, and it moves nobody else", async () => {
  const { stripe, subscribe, advance, daysOn } = sandbox();
  const mine = await onClock();
  const other = await subscribe("professional_month");
  const invoices = async (subscription: string) => (await stripe.invoices.list({ subscription })).data.length;
  await advance(mine.clock, start + 55 * day);
  expect(await invoices(mine.subscription.id)).toBe(2);
  expect(await invoices(other.subscription.id)).toBe(1);
  await daysOn(20);
  expect(await invoices(mine.subscription.id)).toBe(2);
  await daysOn(12);
  expect(await invoices(other.subscription.id)).toBe(2);
});

test("test clock: a card that fails is tried again by it, and a dispute is lost by it", async () => {
  const { stripe, advance } = sandbox();
  const late = await onClock("professional_month", cards.failsLater);
  await advance(late.clock, start + 50 * day);
  expect((await stripe.subscriptions.retrieve(late.subscription.id)).status).toBe("canceled");
  const denied = await onClock("professional_month", cards.disputed);
  await advance(denied.clock, start + 60);
  const [dispute] = (await stripe.disputes.list({ limit: 1 })).data;
  expect(dispute).toMatchObject({ created: start + 60, status: "needs_response" });
  await advance(denied.clock, start + 60 + 7 * day);
  expect((await stripe.disputes.retrieve(dispute?.id ?? "")).status).toBe("lost");
});

test("test clock: it goes only forward, and two intervals of its shortest subscription at most", async () => {
  const { stripe } = sandbox();
  const empty = await newClock();
  const to = (clock: string, time: number) =>
    stripe.testHelpers.testClocks.advance(clock, { frozen_time: time });
  const refused = { statusCode: 400, param: "frozen_time" };
  await expect(to(empty.id, start)).rejects.toMatchObject(refused);
  await expect(to(empty.id, seconds("2029-01-31T10:00:01Z"))).rejects.toMatchObject(refused);
  expect((await to(empty.id, seconds("2029-01-31T10:00:00Z"))).status).toBe("advancing");
  const { clock } = await onClock();
  await expect(to(clock, seconds("2027-03-31T10:00:01Z"))).rejects.toMatchObject(refused);
  expect((await to(clock, seconds("2027-03-31T10:00:00Z"))).status).toBe("advancing");
  const yearly = await onClock("professional_year");
  expect((await to(yearly.clock, seconds("2029-01-31T10:00:00Z"))).status).toBe("advancing");
  await sandbox().runDue();
});

test("test clock: while it advances nothing on it can be changed, and all can be read", async () => {
  const { stripe, db } = sandbox();
  const { customer, clock } = await onClock();
  const set = (status: string) =>
    withClient(db.adminUrl, (client) =>
      client.query(`update objects set body = jsonb_set(body, '{status}', $2) where id = $1`, [
        clock,
        JSON.stringify(status),
      ]),
    );
  await set("advancing");
  expect((await stripe.customers.retrieve(customer.id)).id).toBe(customer.id);
  await expect(stripe.customers.update(customer.id, { name: "Ada" })).rejects.toMatchObject({
    statusCode: 429,
  });
  await set("ready");
});

test("test clock: what cannot be done on the way ends the advance, and other clocks go on", async () => {
  const { db, advance, log } = sandbox();
  const broken = await onClock();
  const whole = await onClock();
  await withClient(db.adminUrl, (client) =>
    client.query(`update objects set body = body || '{"customer": "cus_none"}' where id = $1`, [
      broken.subscription.id,
    ]),
  );
  expect((await advance(broken.clock, start + 40 * day)).status).toBe("internal_failure");
  expect(log.join()).toContain("No such customer");
  expect((await advance(whole.clock, start + 40 * day)).status).toBe("ready");
});

test("test clock: three customers share it at most", async () => {
  const { stripe } = sandbox();
  const { id: test_clock } = await newClock();
  for (const name of ["a", "b", "c"]) await stripe.customers.create({ name, test_clock });
  await expect(stripe.customers.create({ test_clock })).rejects.toMatchObject({ param: "test_clock" });
  await expect(stripe.customers.create({ test_clock: "clock_none" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "test_clock",
  });
});

test("test clock: lists leave out what is on one, unless it or the customer is named", async () => {
  const { stripe } = sandbox();
  const { customer, subscription, clock } = await onClock();
  const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
  expect(ids(await stripe.customers.list({ limit: 100 }))).not.toContain(customer.id);
  expect(ids(await stripe.customers.list({ test_clock: clock }))).toEqual([customer.id]);
  expect(ids(await stripe.subscriptions.list({ limit: 100 }))).not.toContain(subscription.id);
  expect(ids(await stripe.subscriptions.list({ test_clock: clock }))).toEqual([subscription.id]);
  expect(ids(await stripe.subscriptions.list({ customer: customer.id }))).toEqual([subscription.id]);
  expect(ids(await stripe.testHelpers.testClocks.list({ limit: 1 }))).toEqual([clock]);
});

test("test clock: deleted, its customers are gone and their subscriptions over", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { customer, subscription, clock } = await onClock();
  const delivered = await deliveredBy(async () => {
    expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ id: clock, deleted: true });
  });
  expect(delivered).toContain("customer.subscription.deleted");
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
  await expect(stripe.testHelpers.testClocks.retrieve(clock)).rejects.toMatchObject({
    code: "resource_missing",
  });
});

test("test clock: after thirty days it is deleted by itself", async () => {
  const { stripe, daysOn } = sandbox();
  const clock = await newClock();
  await daysOn(31);
  await expect(stripe.testHelpers.testClocks.retrieve(clock.id)).rejects.toMatchObject({ statusCode: 404 });
});

test("test clock: an advance that a stop has cut off goes on after the start", async () => {
  const { stripe, restart, runDue } = sandbox();
  const { subscription, clock } = await onClock();
  await Promise.all([
    stripe.testHelpers.testClocks.advance(clock, { frozen_time: start + 40 * day }),
    runDue(),
  ]);
  await restart();
  await runDue();
  expect((await stripe.testHelpers.testClocks.retrieve(clock)).status).toBe("ready");
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(2);
});

import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { billingRows } from "./billing-rows";
import { answer, away, openShop } from "./shop";
import { deliver as deliverTo, makeEvent } from "./webhook";

const log = vi.spyOn(console, "log").mockImplementation(() => {});
let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => {
  shop.mend();
  log.mockClear();
});
afterAll(() => shop.close());
const deliver = (event: unknown) => deliverTo(shop.handler, event);

describe("effects", () => {
  test("a paid session of a pack grants the pack", async () => {
    const { event, credits } = await shop.buyer("credits_500");
    expect(await deliver(await event("checkout.session.completed"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 0, permanent: 500 });
  });
  test("a session of a plan grants nothing: its paid invoice does", async () => {
    const { event, credits } = await shop.buyer("professional_month");
    expect(await deliver(await event("checkout.session.completed"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 0, permanent: 0 });
    expect(await deliver(await event("invoice.paid"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
  test("a subscription is stored as Stripe has it now, whatever its event says", async () => {
    const { event, userId, subscription } = await shop.buyer("basic_month");
    const created = await event("customer.subscription.created");
    await shop.account.stripe.subscriptions.cancel((await subscription()).id);
    expect(await deliver(created)).toEqual(answer("applied"));
    const stored = "select status, price_key from billing.subscriptions where account_id = $1";
    const canceled = [{ status: "canceled", price_key: "basic_month@1" }];
    expect((await shop.db.query(stored, [userId])).rows).toEqual(canceled);
    expect(await deliver(await event("customer.subscription.deleted"))).toEqual(answer("applied"));
    expect((await shop.db.query(stored, [userId])).rows).toEqual(canceled);
  });
  test("a failure that arrives after its invoice was paid changes nothing", async () => {
    const { event } = await shop.buyer("basic_month");
    const paid = await event("invoice.paid");
    await deliver(paid);
    const before = await billingRows(shop.db);
    const late = makeEvent("invoice.payment_failed", { ...paid.data.object, status: "open" });
    expect(await deliver(late)).toEqual(answer("applied"));
    expect(await billingRows(shop.db)).toEqual(before);
  });
  test("case 15: two events with one effect grant once", async () => {
    const plan = await shop.buyer("professional_month");
    const paid = await plan.event("invoice.paid");
    await deliver(paid);
    expect(await deliver(await plan.event("invoice.finalized"))).toEqual(answer("applied"));
    expect(await deliver(makeEvent("invoice.payment_succeeded", paid.data.object))).toEqual(
      answer("ignored"),
    );
    expect(await plan.credits()).toEqual({ subscription: 1000, permanent: 0 });
    const pack = await shop.buyer("credits_500");
    const completed = await pack.event("checkout.session.completed");
    await deliver(completed);
    const later = makeEvent("checkout.session.async_payment_succeeded", completed.data.object);
    expect(await deliver(later)).toEqual(answer("applied"));
    expect(await pack.credits()).toEqual({ subscription: 0, permanent: 500 });
  });
  test("cases 17 and 84: a plan that was cancelled in the dashboard stays so, whatever comes days later", async () => {
    const { event, userId, subscription } = await shop.buyer("basic_month");
    const created = await event("customer.subscription.created");
    const { id } = await subscription();
    await shop.account.stripe.subscriptions.update(id, { metadata: { note: "of an owner" } });
    const updated = await event("customer.subscription.updated");
    await shop.account.stripe.subscriptions.cancel(id);
    const status = () =>
      shop.db.one("select status from billing.subscriptions where account_id = $1", [userId]);
    expect(await deliver(await event("customer.subscription.deleted"))).toEqual(answer("applied"));
    // Even a reading that a cache of Stripe's would answer as it was before.
    shop.changeAnswers<Stripe.Subscription>(/^\/v1\/subscriptions\/sub_\w+$/, (ended) => ({
      ...ended,
      status: "active",
      ended_at: null,
    }));
    for (const late of [updated, created]) await deliver(late);
    expect(await status()).toEqual({ status: "canceled" });
  });
  test("case 19: a customer nobody knows parks the event", async () => {
    const { stripe, buy, lastEvent } = shop.account;
    const { id: customer } = await stripe.customers.create({});
    await buy("99999999-9999-4999-8999-999999999999", customer, "professional_month");
    const paid = await lastEvent("invoice.paid", customer);
    const before = await billingRows(shop.db);
    expect(await deliver(paid)).toEqual(answer("parked"));
    expect(await shop.inbox(paid.id)).toMatchObject({ state: "parked" });
    expect(await billingRows(shop.db)).toEqual(before);
  });
  test("case 12: an event in another version of the API has the same effect, and is told of", async () => {
    const { event, credits } = await shop.buyer("professional_month");
    const paid = await event("invoice.paid");
    const object = { ...paid.data.object, status: "draft", lines: null };
    expect(await deliver({ ...paid, api_version: "2019-12-03", data: { object } })).toEqual(
      answer("applied"),
    );
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
    const line = { id: paid.id, type: "invoice.paid", outcome: "other_api_version" };
    expect(log).toHaveBeenCalledWith(JSON.stringify(line));
  });
  test("case 80: what is stored of an event holds nobody's e-mail address", async () => {
    const { event } = await shop.buyer("credits_500");
    const completed = await event("checkout.session.completed");
    expect(JSON.stringify(completed)).toContain("@example.com");
    await deliver(completed);
    const { rows } = await shop.db.query("select * from billing.stripe_events where id = $1", [completed.id]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("@example.com");
  });
});

describe("repeats", () => {
  test("case 13: an event that was applied changes nothing when it comes again, at once or after a year", async () => {
    const { event } = await shop.buyer("professional_month");
    const paid = await event("invoice.paid");
    await deliver(paid);
    const before = await billingRows(shop.db);
    expect(await deliver(paid)).toEqual(answer("duplicate"));
    expect(await deliver({ ...paid, created: paid.created - 31_536_000 })).toEqual(answer("duplicate"));
    expect(await billingRows(shop.db)).toEqual(before);
  });
  test("a repeat costs no reading", async () => {
    const { event } = await shop.buyer("professional_month");
    const paid = await event("invoice.paid");
    await deliver(paid);
    shop.ways.toStripe = away;
    expect(await deliver(paid)).toEqual(answer("duplicate"));
  });
  test("case 26: when the answer is lost after the commit, the repeat is a duplicate", async () => {
    const { event, credits } = await shop.buyer("professional_month");
    const paid = await event("invoice.paid");
    shop.ways.toDatabase = async (request) => {
      const response = await shop.toDatabase(request);
      return request.url.endsWith("/apply_object") ? away(request) : response;
    };
    expect((await deliver(paid)).status).toBe(503);
    expect(await shop.inbox(paid.id)).toMatchObject({ state: "applied" });
    shop.mend();
    expect(await deliver(paid)).toEqual(answer("duplicate"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
});

test("case 18: a reading that was overtaken by a later one does not overwrite it", async () => {
  const { event, userId, subscription } = await shop.buyer("basic_month");
  const created = await event("customer.subscription.created");
  const { id } = await subscription();
  const overtaken = Promise.withResolvers<void>();
  const read = Promise.withResolvers<void>();
  shop.ways.toStripe = async (request) => {
    const response = await shop.toStripe(request);
    read.resolve();
    await overtaken.promise;
    return response;
  };
  const slow = deliver(created);
  await read.promise;
  shop.mend();
  await shop.account.stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(await deliver(await event("customer.subscription.updated"))).toEqual(answer("applied"));
  overtaken.resolve();
  expect(await slow).toEqual(answer("stale"));
  const sql = "select cancel_at = period_end as ends from billing.subscriptions where account_id = $1";
  expect((await shop.db.query(sql, [userId])).rows).toEqual([{ ends: true }]);
});

import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { type TestApi, testApi } from "../support/api";
import { billingRows } from "./billing-rows";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { deliver, type Handler, loadWebhook, makeEvent, type Network, supabaseUrl } from "./webhook";

const realFetch = globalThis.fetch;
const toStripe: Network = (request) => realFetch(request);
const toDatabase: Network = (request) => api.fetch(request);
const log = vi.spyOn(console, "log").mockImplementation(() => {});
let api: TestApi;
let account: StripeAccount;
let handler: Handler;
/** What stands between the function and the other two; a test may break it. */
let reachStripe = toStripe;
let reachDatabase = toDatabase;

beforeAll(async () => {
  api = await testApi();
  account = await openStripeAccount(api.db);
  const env = { STRIPE_API_BASE: account.url, STRIPE_SECRET_KEY: sandboxKeys.secret };
  const isDatabase = (request: Request) => new URL(request.url).origin === supabaseUrl;
  handler = await loadWebhook((r) => (isDatabase(r) ? reachDatabase(r) : reachStripe(r)), env);
});
beforeEach(() => {
  reachStripe = toStripe;
  reachDatabase = toDatabase;
  log.mockClear();
});
afterAll(async () => {
  await account.close();
  await api.close();
});

const answer = (outcome: string) => ({ status: 200, body: { outcome } });
const away: Network = () => Promise.reject(new TypeError("fetch failed"));

/** Somebody who just bought something, before any event of it was delivered. */
async function buyer(lookupKey: string) {
  const userId = await api.db.newUser();
  const { id: customer } = await account.stripe.customers.create({
    email: `${userId}@example.com`,
    metadata: { account_id: userId },
  });
  await api.service.rpc("link_customer", { account_id: userId, customer_id: customer });
  await account.buy(userId, customer, lookupKey);
  const credits = async () => {
    const { data } = await api.service.rpc("get_user_credits", { account_id: userId }).single<Credits>();
    return { subscription: data?.subscription_credits, permanent: data?.permanent_credits };
  };
  const event = (type: Stripe.Event["type"]) => account.lastEvent(type, customer);
  return { userId, customer, credits, event };
}
type Credits = { subscription_credits: number; permanent_credits: number };

async function inbox(id: string) {
  const { rows } = await api.db.query(
    "select state, reason, attempts from billing.stripe_events where id = $1",
    [id],
  );
  return rows[0];
}

describe("effects", () => {
  test("a paid session of a pack grants the pack", async () => {
    const { event, credits } = await buyer("credits_500");
    expect(await deliver(handler, await event("checkout.session.completed"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 0, permanent: 500 });
  });
  test("a session of a plan grants nothing: its paid invoice does", async () => {
    const { event, credits } = await buyer("professional_month");
    expect(await deliver(handler, await event("checkout.session.completed"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 0, permanent: 0 });
    expect(await deliver(handler, await event("invoice.paid"))).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
  test("a subscription is stored as Stripe has it now, whatever its event says", async () => {
    const { event, userId, customer } = await buyer("basic_month");
    const created = await event("customer.subscription.created");
    const [subscription] = (await account.stripe.subscriptions.list({ customer })).data;
    await account.stripe.subscriptions.cancel(subscription?.id ?? "");
    const deleted = await event("customer.subscription.deleted");
    expect(await deliver(handler, deleted)).toEqual(answer("applied"));
    expect(await deliver(handler, created)).toEqual(answer("applied"));
    const { rows } = await api.db.query(
      "select status, price_key from billing.subscriptions where account_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ status: "canceled", price_key: "basic_month@1" }]);
  });
  test("a failure that arrives after its invoice was paid changes nothing", async () => {
    const { event, userId } = await buyer("basic_month");
    const paid = await event("invoice.paid");
    await deliver(handler, paid);
    const before = await billingRows(api.db);
    const late = makeEvent("invoice.payment_failed", { ...paid.data.object, status: "open" });
    expect(await deliver(handler, late)).toEqual(answer("applied"));
    expect(await billingRows(api.db)).toEqual(before);
    const { rows } = await api.db.query(
      "select status, payment_intent from billing.payments where account_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ status: "paid", payment_intent: expect.stringMatching(/^pi_/) }]);
  });
  test("a customer nobody knows parks the event", async () => {
    const { id: customer } = await account.stripe.customers.create({});
    await account.buy("99999999-9999-4999-8999-999999999999", customer, "professional_month");
    const paid = await account.lastEvent("invoice.paid", customer);
    const before = await billingRows(api.db);
    expect(await deliver(handler, paid)).toEqual(answer("parked"));
    expect(await inbox(paid.id)).toMatchObject({ state: "parked" });
    expect(await billingRows(api.db)).toEqual(before);
  });
  test("an event in another version of the API has the same effect, and is told of", async () => {
    const { event, credits } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    const object = { ...paid.data.object, status: "draft", lines: null };
    const old = { ...paid, api_version: "2019-12-03", data: { object } };
    expect(await deliver(handler, old)).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
    expect(log).toHaveBeenCalledWith(
      JSON.stringify({ id: paid.id, type: "invoice.paid", outcome: "other_api_version" }),
    );
  });
  test("what is stored of an event holds nobody's e-mail address", async () => {
    const { event } = await buyer("credits_500");
    const completed = await event("checkout.session.completed");
    expect(JSON.stringify(completed)).toContain("@example.com");
    await deliver(handler, completed);
    const { rows } = await api.db.query("select * from billing.stripe_events where id = $1", [completed.id]);
    expect(JSON.stringify(rows)).not.toContain("@example.com");
  });
});

describe("repeats", () => {
  test("an event that was applied changes nothing when it comes again, at once or after a year", async () => {
    const { event } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    await deliver(handler, paid);
    const before = await billingRows(api.db);
    expect(await deliver(handler, paid)).toEqual(answer("duplicate"));
    expect(await deliver(handler, { ...paid, created: paid.created - 31_536_000 })).toEqual(
      answer("duplicate"),
    );
    expect(await billingRows(api.db)).toEqual(before);
  });
  test("when the answer is lost after the commit, the repeat is a duplicate", async () => {
    const { event, credits } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    reachDatabase = async (request) => {
      const response = await toDatabase(request);
      return request.url.endsWith("/apply_invoice") ? away(request) : response;
    };
    expect((await deliver(handler, paid)).status).toBe(503);
    reachDatabase = toDatabase;
    expect(await inbox(paid.id)).toMatchObject({ state: "applied" });
    expect(await deliver(handler, paid)).toEqual(answer("duplicate"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
});

describe("order", () => {
  test("a reading that was overtaken by a later one does not overwrite it", async () => {
    const { event, userId, customer } = await buyer("basic_month");
    const created = await event("customer.subscription.created");
    const overtaken = Promise.withResolvers<void>();
    const read = Promise.withResolvers<void>();
    reachStripe = async (request) => {
      const response = await toStripe(request);
      read.resolve();
      await overtaken.promise;
      return response;
    };
    const slow = deliver(handler, created);
    await read.promise;
    reachStripe = toStripe;
    const [subscription] = (await account.stripe.subscriptions.list({ customer })).data;
    await account.stripe.subscriptions.update(subscription?.id ?? "", { cancel_at_period_end: true });
    expect(await deliver(handler, await event("customer.subscription.updated"))).toEqual(answer("applied"));
    overtaken.resolve();
    expect(await slow).toEqual(answer("stale"));
    const { rows } = await api.db.query(
      "select cancel_at = period_end as ends from billing.subscriptions where account_id = $1",
      [userId],
    );
    expect(rows).toEqual([{ ends: true }]);
  });
});

describe("reading", () => {
  /** Changes what Stripe answers for the invoice itself. */
  const changeInvoice =
    (change: (invoice: Stripe.Invoice) => object): Network =>
    async (request) => {
      const response = await toStripe(request);
      if (!/^\/v1\/invoices\/in_\w+$/.test(new URL(request.url).pathname)) return response;
      return Response.json(change(await response.json()));
    };
  test("an invoice with more lines than it shows is read to the last line", async () => {
    const { event, credits } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    reachStripe = changeInvoice((invoice) => ({
      ...invoice,
      lines: { ...invoice.lines, data: [], has_more: true },
    }));
    expect(await deliver(handler, paid)).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
  test("an invoice that was deleted is ignored, with the reason", async () => {
    const { event } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    reachStripe = changeInvoice(({ id, object }) => ({ id, object, deleted: true }));
    expect(await deliver(handler, paid)).toEqual(answer("ignored"));
    expect(await inbox(paid.id)).toMatchObject({ state: "ignored", reason: "object_deleted" });
  });
  test("each price is read once, however many lines name it", async () => {
    const { event } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    const read: string[] = [];
    const twice = changeInvoice((invoice) => ({
      ...invoice,
      lines: {
        ...invoice.lines,
        data: [...invoice.lines.data, ...invoice.lines.data.map((line) => ({ ...line, amount: 0 }))],
      },
    }));
    reachStripe = (request) => {
      read.push(new URL(request.url).pathname);
      return twice(request);
    };
    await deliver(handler, paid);
    expect(read.filter((path) => path.startsWith("/v1/prices/"))).toHaveLength(1);
  });
});

describe("failures", () => {
  const refuse =
    (status: number, error: object): Network =>
    () =>
      Promise.resolve(Response.json({ error }, { status }));

  test.each<[string, Network, string]>([
    ["cannot be reached", away, "stripe: StripeConnectionError"],
    [
      "has had too many requests",
      refuse(429, { type: "invalid_request_error", code: "rate_limit" }),
      "stripe: rate_limit",
    ],
    ["fails itself", refuse(500, { type: "api_error" }), "stripe: StripeAPIError"],
  ])(
    "while Stripe %s, the event is asked for again and only the failure is stored",
    async (_, broken, reason) => {
      const { event, credits } = await buyer("professional_month");
      const paid = await event("invoice.paid");
      const before = await billingRows(api.db);
      reachStripe = broken;
      expect(await deliver(handler, paid)).toEqual({ status: 503, body: { error: reason } });
      expect(await inbox(paid.id)).toEqual({ state: "failed", reason, attempts: 1 });
      expect(await billingRows(api.db)).toEqual(before);
      reachStripe = toStripe;
      expect(await deliver(handler, paid)).toEqual(answer("applied"));
      expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
    },
  );

  test.each<[string, Network]>([
    ["cannot be reached", away],
    ["has no connection left", () => Promise.resolve(Response.json({ code: "PGRST003" }, { status: 504 }))],
    ["cancels what takes too long", () => Promise.resolve(Response.json({ code: "57014" }, { status: 500 }))],
  ])("while the database %s, the event is asked for again, and applied then", async (_, broken) => {
    const { event, credits } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    reachDatabase = broken;
    expect((await deliver(handler, paid)).status).toBe(503);
    reachDatabase = toDatabase;
    expect(await inbox(paid.id)).toBeUndefined();
    expect(await deliver(handler, paid)).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });

  test("an object that Stripe does not have is a failure to look at, not an event that is done", async () => {
    const event = makeEvent("invoice.paid", { id: "in_missing", object: "invoice" });
    const reason = "stripe: resource_missing";
    expect(await deliver(handler, event)).toEqual({ status: 500, body: { error: reason } });
    expect(await inbox(event.id)).toMatchObject({ state: "failed", reason });
  });

  test("an effect that fails leaves nothing but the note, and is applied once it can be", async () => {
    const { event, credits } = await buyer("professional_month");
    const paid = await event("invoice.paid");
    const before = await billingRows(api.db);
    await api.db.query(
      "alter table billing.buckets add constraint broken check (kind <> 'subscription') not valid",
    );
    expect(await deliver(handler, paid)).toEqual({ status: 500, body: { error: "database: 23514" } });
    await api.db.query("alter table billing.buckets drop constraint broken");
    expect(await billingRows(api.db)).toEqual(before);
    expect(await inbox(paid.id)).toEqual({ state: "failed", reason: "database: 23514", attempts: 1 });
    expect(await deliver(handler, paid)).toEqual(answer("applied"));
    expect(await credits()).toEqual({ subscription: 1000, permanent: 0 });
  });
});

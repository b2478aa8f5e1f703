import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { withClient } from "../../local/database.ts";
import { sandboxKeys } from "../../local/keys.ts";
import { type TestApi, testApi } from "../support/api";
import { stopClock } from "../support/books";
import { billingRows } from "./billing-rows";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { deliver, type Handler, loadWebhook, type Network, supabaseUrl } from "./webhook";

const types = [
  "checkout.session.completed",
  "customer.subscription.created",
  "customer.subscription.updated",
  "invoice.paid",
] as const;
const user = "11111111-1111-4111-8111-111111111111";
const instant = new Date(Date.now() + 60_000).toISOString();
const realFetch = globalThis.fetch;
let api: TestApi;
let account: StripeAccount;
let customer: string;
let handler: Handler;
let emptyAtFirst: string[];
const events: Stripe.Event[] = [];
const network: Network = (request) =>
  new URL(request.url).origin === supabaseUrl ? api.fetch(request) : realFetch(request);

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  api = await testApi();
  emptyAtFirst = await emptyTables(api);
  await stopClock(api.db, instant);
  await api.db.query("insert into auth.users (id, email) values ($1, 'ann@example.com')", [user]);
  account = await openStripeAccount(api.db);
  handler = await loadWebhook(network, {
    STRIPE_API_BASE: account.url,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
  });
  const made = await account.stripe.customers.create({ metadata: { account_id: user } });
  customer = made.id;
  await account.buy(user, customer, "professional_month");
  const [subscription] = (await account.stripe.subscriptions.list({ customer })).data;
  if (!subscription) throw new Error("no subscription");
  await account.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  for (const type of types) events.push(await account.lastEvent(type, customer));
});
afterAll(async () => {
  await account.close();
  await api.close();
});

/** The user has the customer, and nothing else has happened; numbers begin anew, so that equal acts are equal rows. */
async function beginAgain() {
  await withClient(api.db.adminUrl, async (client) => {
    // As a replica, for which the triggers do not fire that refuse to empty a ledger.
    await client.query("set session_replication_role = replica");
    await client.query(`truncate ${emptyAtFirst.join(", ")} restart identity`);
  });
  await api.service.rpc("link_customer", { account_id: user, customer_id: customer });
}

/** What a new database has no row in: everything that people and events lead to. */
async function emptyTables({ db }: TestApi) {
  const { rows } = await db.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'billing'",
  );
  const names = rows.map(({ name }) => name);
  const isEmpty = await Promise.all(
    names.map(async (name) => (await db.query(`select from ${name} limit 1`)).rowCount === 0),
  );
  return names.filter((_, at) => isEmpty[at]);
}

function permutations<T>(items: T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, n) => permutations(items.toSpliced(n, 1)).map((rest) => [item, ...rest]));
}

test("the four events of a purchase happen in one second", () => {
  expect(new Set(events.map(({ created }) => created)).size).toBe(1);
});

test("case 16: the four events of a purchase end in one state, in each of their 24 orders", async () => {
  const orders = permutations(events);
  expect(orders).toHaveLength(24);
  const states: unknown[] = [];
  for (const order of orders) {
    await beginAgain();
    for (const event of order)
      expect(await deliver(handler, event)).toEqual({ status: 200, body: { outcome: "applied" } });
    states.push(await billingRows(api.db));
  }
  const [expected] = states;
  expect(expected).toMatchObject({
    subscriptions: [{ status: "active", price_key: "professional_month@1" }],
    payments: [{ status: "paid", amount_cents: 2999 }],
    buckets: expect.arrayContaining([
      expect.objectContaining({ kind: "subscription", granted_credits: 1000 }),
    ]),
  });
  for (const state of states) expect(state).toEqual(expected);
}, 60_000);

test("case 14: one event delivered 50 times at once is applied once, and grants once", async () => {
  await beginAgain();
  const paid = events.find(({ type }) => type === "invoice.paid");
  const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(handler, paid)));
  expect(answers.every(({ status }) => status === 200)).toBe(true);
  const outcomes = answers.map(({ body }) => body.outcome).sort();
  expect(outcomes).toEqual(["applied", ...Array(49).fill("duplicate")]);
  const { rows } = await api.db.query("select key from billing.buckets where kind = 'subscription'");
  expect(rows).toHaveLength(1);
});

// Money that goes back, from the sandbox through the function to the credits.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { type TestApi, testApi } from "../support/api";
import { problemsOf, stopClock } from "../support/books";
import { listen } from "../support/listen";
import { verbsOf } from "../support/verbs";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { type Handler, loadWebhook, type Network, supabaseUrl, webhookSecret } from "./webhook";

const realFetch = globalThis.fetch;
let now = new Date("2026-03-01T10:00:00Z");
let api: TestApi;
let account: StripeAccount;
let clock: Awaited<ReturnType<typeof stopClock>>;
let endpoint: Awaited<ReturnType<typeof listen>>;
let handler: Handler;

const network: Network = (request) =>
  new URL(request.url).origin === supabaseUrl ? api.fetch(request) : realFetch(request);

beforeAll(async () => {
  vi.spyOn(console, "log").mockImplementation(() => {});
  api = await testApi();
  clock = await stopClock(api.db, now.toISOString());
  endpoint = await listen((request) => handler(request));
  const webhook = { url: `${endpoint.url}/stripe-webhook`, secret: webhookSecret };
  account = await openStripeAccount(api.db, { now: () => now, webhook });
  handler = await loadWebhook(network, {
    STRIPE_API_BASE: account.url,
    STRIPE_SECRET_KEY: sandboxKeys.secret,
  });
});
afterAll(async () => {
  await account.close();
  await endpoint.close();
  await api.close();
});

async function secondsLater(seconds: number) {
  now = new Date(now.getTime() + seconds * 1000);
  await clock.set(now.toISOString());
  await account.runDue();
}

/** Somebody who has a plan and bought a pack of 1,000 credits for $9 with this card. */
async function buyer(card?: string) {
  const user = await api.db.newUser();
  const customer = (await account.stripe.customers.create({ metadata: { account_id: user } })).id;
  const session = await account.buy(user, customer, "credits_1000", card);
  await account.runDue();
  const { payment_intent } = await account.stripe.checkout.sessions.retrieve(session);
  return {
    user,
    intent: String(payment_intent),
    total: async () => (await verbsOf(api.db).credits(user)).total,
    payment: () =>
      api.db.one("select status, refunded_cents from get_payments($1) where kind = 'pack'", [user]),
  };
}

test("refunds in parts take back the credits in proportion, together all of them", async () => {
  const { intent, total, payment } = await buyer();
  expect(await total()).toBe(1100);
  await account.stripe.refunds.create({ payment_intent: intent, amount: 300 });
  await secondsLater(1);
  expect(await total()).toBe(767);
  expect(await payment()).toEqual({ status: "partially_refunded", refunded_cents: 300 });
  await account.stripe.refunds.create({ payment_intent: intent });
  await secondsLater(1);
  expect(await total()).toBe(100);
  expect(await payment()).toEqual({ status: "refunded", refunded_cents: 900 });
  expect(await problemsOf(api.db)).toEqual([]);
});

test("a refund that fails later gives the credits back", async () => {
  const { intent, total, payment } = await buyer("4000000000005126");
  await account.stripe.refunds.create({ payment_intent: intent });
  await secondsLater(1);
  expect(await total()).toBe(100);
  await secondsLater(61);
  expect(await total()).toBe(1100);
  expect(await payment()).toEqual({ status: "paid", refunded_cents: 0 });
});

test("what was spent of a refunded pack is owed, and the next paid credits pay it", async () => {
  const { user, intent, total } = await buyer();
  await verbsOf(api.db).deduct(user, 600, "task");
  await account.stripe.refunds.create({ payment_intent: intent });
  await secondsLater(1);
  const debt = () => api.db.one("select debt_credits from get_billing_overview($1)", [user]);
  expect([await total(), await debt()]).toEqual([0, { debt_credits: 500 }]);
});

test.each([
  ["lost", "losing_evidence", 100, "refunded"],
  ["won", "winning_evidence", 1100, "paid"],
])("a dispute freezes, and when it is %s that decides", async (_, evidence, left, status) => {
  const { intent, total, payment } = await buyer("4000000000000259");
  await secondsLater(61);
  expect(await total()).toBe(100);
  expect(await payment()).toMatchObject({ status: "disputed" });
  const [dispute] = (await account.stripe.disputes.list({ payment_intent: intent })).data;
  await account.stripe.disputes.update(dispute?.id ?? "", { evidence: { uncategorized_text: evidence } });
  await secondsLater(61);
  expect(await total()).toBe(left);
  expect(await payment()).toMatchObject({ status });
  expect(await problemsOf(api.db)).toEqual([]);
});

test("an inquiry touches no credits", async () => {
  const { total, payment } = await buyer("4000000000001976");
  await secondsLater(61);
  expect(await total()).toBe(1100);
  expect(await payment()).toEqual({ status: "paid", refunded_cents: 0 });
});

// A year of a monthly subscriber on a moved clock: the sandbox renews, signs and delivers, the function applies.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { type TestApi, testApi } from "../support/api";
import { problemsOf, stopClock } from "../support/books";
import { listen } from "../support/listen";
import { verbsOf } from "../support/verbs";
import { openStripeAccount, type StripeAccount } from "./stripe-account";
import { type Handler, loadWebhook, type Network, supabaseUrl, webhookSecret } from "./webhook";

const start = new Date("2026-01-31T10:00:00Z");
const end = new Date("2027-01-31T09:59:59Z");
const realFetch = globalThis.fetch;
let now = start;
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
  clock = await stopClock(api.db, start.toISOString());
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

async function moveTo(instant: Date) {
  now = instant;
  await clock.set(instant.toISOString());
  await account.runDue();
}

test("a year of a monthly plan grants twelve times, and a paying customer is never without credits", async () => {
  const user = await api.db.newUser();
  const customer = (await account.stripe.customers.create({ metadata: { account_id: user } })).id;
  await account.buy(user, customer, "professional_month");
  await account.runDue();

  const totals: number[] = [];
  for (let due = await account.nextDue(); due && due <= end; due = await account.nextDue()) {
    await moveTo(due);
    totals.push((await verbsOf(api.db).credits(user)).total);
  }
  await moveTo(end);

  const { rows } = await api.db.query<{ starts: Date; ends: Date; credits: number }>(
    `select created_at as starts, period_ends_at as ends, granted_credits as credits from billing.buckets
     where account_id = $1 order by id`,
    [user],
  );
  expect(rows).toHaveLength(12);
  expect(rows.every((bucket) => bucket.credits === 1000)).toBe(true);
  // Counted from the 31st: 28 February does not make it the 28th for good.
  const days = rows.map((bucket) => bucket.ends.toISOString().slice(0, 10));
  expect(days.slice(0, 3)).toEqual(["2026-02-28", "2026-03-31", "2026-04-30"]);
  expect(days.at(-1)).toBe("2027-01-31");
  expect(totals.length).toBeGreaterThan(12);
  expect(Math.min(...totals)).toBeGreaterThanOrEqual(1000);
  expect((await verbsOf(api.db).credits(user)).total).toBe(1000);
  expect(await problemsOf(api.db)).toEqual([]);
}, 60_000);

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { authenticate } from "@/lib/auth/authenticate";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { getPayments } from "@/lib/billing/get-payments";
import { getBalance } from "@/lib/credits/get-balance";
import { getHistory } from "@/lib/credits/get-history";
import type { Database } from "@/lib/database.types";
import { enhance, quoteEnhancement } from "@/lib/playground/enhance";
import { render } from "@/lib/playground/render";
import { keys } from "../../local/keys.ts";
import { type TestApi, testApi } from "../support/api";

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock("@/lib/playground/render", async (original) => {
  const module = await original<typeof import("@/lib/playground/render")>();
  return { ...module, render: vi.fn(module.render) };
});

type Grant = Database["public"]["Functions"]["add_credits_atomic"]["Args"];

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
  vi.stubGlobal("fetch", api.fetch);
  vi.stubEnv("SUPABASE_URL", "http://stack.test");
  vi.stubEnv("SUPABASE_PUBLISHABLE_KEY", keys.publishable);
  vi.stubEnv("SUPABASE_SECRET_KEY", keys.secret);
  vi.stubEnv("STRIPE_SECRET_KEY", "sk_test_unused");
  vi.stubEnv("SITE_URL", "http://site.test");
});
afterAll(async () => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  await api.close();
});
beforeEach(async () => {
  jar.clear();
  const form = { intent: "sign-up", email: `${randomUUID()}@example.com`, password: "Secret-123x" };
  expect(await authenticate(form)).toEqual({ is: "signed-in" });
});

const settings = { size: "draft", light: "balanced", colour: "keep", detail: "keep" };
const job = (change: object = {}) => ({
  picture: "lake-at-dusk",
  settings,
  taskId: `task-${randomUUID()}`,
  ...change,
});
const total = async () => (await getBalance()).total;

test("enhance: the result is handed over, and its entry names the picture and every setting", async () => {
  const order = job();
  const done = await enhance(order);
  expect(done).toMatchObject({ is: "done", charged: 60, balance: 40, width: 640 });
  const { entries } = await getHistory(null);
  expect(entries[0]).toMatchObject({ taskId: order.taskId, credits: -60, balanceAfter: 40 });
  const { rows } = await api.db.query("select params from billing.credit_transactions where key = $1", [
    order.taskId,
  ]);
  expect(rows).toEqual([{ params: { ...settings, picture: "lake-at-dusk" } }]);
});

test("enhance: the history shows one line for a job that was held, worked and captured", async () => {
  await enhance(job());
  const { entries } = await getHistory(null);
  expect(entries.map(({ kind, credits }) => [kind, credits])).toEqual([
    ["capture", -60],
    ["grant", 100],
  ]);
});

test("enhance: work that fails gives its credits back at once, and can be tried again", async () => {
  vi.mocked(render).mockRejectedValueOnce(new Error("out of memory"));
  const order = job();
  await expect(enhance(order)).rejects.toMatchObject({ kind: "failed", cause: new Error("out of memory") });
  expect(await getBalance()).toMatchObject({ total: 100, held: 0 });
  await expect(enhance(order)).rejects.toMatchObject({ kind: "conflict" });
  expect(await enhance(job())).toMatchObject({ is: "done", balance: 40 });
});

test("enhance: killed while it works, the user loses nothing: the hold ends by itself", async () => {
  await killed(job());
  expect(await getBalance()).toMatchObject({ total: 40, held: 60 });
  await api.db.shiftClock(119);
  expect(await getBalance()).toMatchObject({ total: 40, held: 60 });
  await api.db.shiftClock(121);
  expect(await getBalance()).toMatchObject({ total: 100, held: 0 });
  await api.db.shiftClock(0);
});

test("enhance: killed and sent again while its hold stands, the job is done for one charge", async () => {
  const order = job();
  await killed(order);
  expect(await enhance(order)).toMatchObject({ is: "done", charged: 60, balance: 40 });
  expect(await getBalance()).toMatchObject({ total: 40, held: 0 });
});

test("enhance: a job that was charged and fails when sent again can still be had for that charge", async () => {
  const order = job();
  const first = await enhance(order);
  vi.mocked(render).mockRejectedValueOnce(new Error("out of memory"));
  await expect(enhance(order)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await enhance(order)).toEqual(first);
  expect(await total()).toBe(40);
});

test("enhance: two jobs at once with credits for one: one is done, and only one is worked on", async () => {
  vi.mocked(render).mockClear();
  const answers = await Promise.all([enhance(job()), enhance(job())]);
  expect(answers.map((answer) => answer.is).sort()).toEqual(["done", "short"]);
  expect(render).toHaveBeenCalledTimes(1);
  expect(await total()).toBe(40);
});

test("enhance: who has no credits costs no work", async () => {
  await enhance(job());
  vi.mocked(render).mockClear();
  const answers = await Promise.all([enhance(job()), enhance(job())]);
  expect(answers.map((answer) => answer.is)).toEqual(["short", "short"]);
  expect(render).not.toHaveBeenCalled();
});

test("enhance: the same job sent again gets its result, for one charge", async () => {
  const order = job();
  const first = await enhance(order);
  const again = await enhance(order);
  expect(again).toEqual(first);
  expect(await total()).toBe(40);
});

test("enhance: a key cannot buy a second job", async () => {
  const order = job();
  await enhance(order);
  const other = { ...order, settings: { ...settings, colour: "vivid" } };
  await expect(enhance(other)).rejects.toMatchObject({ kind: "conflict", status: 409 });
  expect(await total()).toBe(40);
});

test("enhance: too few credits give no picture, but what is missing and the cheapest way out", async () => {
  const answer = await enhance(job({ settings: { ...settings, size: "full" } }));
  expect(answer).toMatchObject({
    is: "short",
    quote: {
      price: 200,
      balance: 100,
      shortfall: 100,
      leftAfter: null,
      wayOut: { kind: "plan", lookupKey: "basic_month" },
    },
  });
  expect(JSON.stringify(answer)).not.toContain("data:image");
  expect(await total()).toBe(100);
});

test.each([
  ["a price of one's own", { price: 1 }],
  ["no key", { taskId: undefined }],
  ["a key that a server might use", { taskId: "invoice:1" }],
  ["a picture that is not ours", { picture: "../../../etc/passwd" }],
  ["settings that are not text", { settings: { size: 1 } }],
  ["a setting that is not on sale", { settings: { ...settings, mood: "keep" } }],
  ["no size", { settings: { light: "keep" } }],
])("enhance: %s is refused and costs nothing", async (_, change) => {
  await expect(enhance(job(change))).rejects.toMatchObject({ name: "AppError" });
  expect(await total()).toBe(100);
});

test("enhance: who is not signed in gets nothing, not even a price", async () => {
  jar.clear();
  await expect(enhance(job())).rejects.toMatchObject({ status: 401 });
  await expect(quoteEnhancement({ picture: "lake-at-dusk", settings })).rejects.toMatchObject({
    status: 401,
  });
});

test("history: a page ends where the next begins", async () => {
  for (const key of ["gift-1", "gift-2", "gift-3"]) await give({ amount: 10, transaction_id: key });
  const first = await getHistory(null, 2);
  expect(first.entries.map(({ number }) => number)).toEqual([4, 3]);
  expect(first.olderThan).toBe(3);
  const last = await getHistory(first.olderThan, 2);
  expect(last.entries.map(({ number }) => number)).toEqual([2, 1]);
  expect(last.olderThan).toBeNull();
});

test("payments: a page ends where the next begins", async () => {
  await total();
  for (const day of [1, 2, 3]) await paid(`invoice:in_${day}`, `2026-02-0${day}T10:00:00Z`);
  const first = await getPayments(null, 2);
  expect(first.payments.map(({ key }) => key)).toEqual(["invoice:in_3", "invoice:in_2"]);
  expect(first.olderThan).toBe("invoice:in_2");
  const last = await getPayments(first.olderThan, 2);
  expect(last.payments.map(({ key }) => key)).toEqual(["invoice:in_1"]);
  expect(last.olderThan).toBeNull();
});

test("balance: what is lost within seven days is told, what is lost later is not", async () => {
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
  await give({ amount: 30, transaction_id: "late", type: "promotional", expires_at: days(8) });
  expect(await getBalance()).toMatchObject({ total: 130, promotional: 130, expiresSoon: null });
  const at = days(6);
  await give({ amount: 20, transaction_id: "soon", type: "promotional", expires_at: at });
  expect(await getBalance()).toMatchObject({ total: 150, expiresSoon: { credits: 20, at } });
});

/** Resolves when the work has begun; nothing of the job runs after that. */
function killed(order: ReturnType<typeof job>) {
  return new Promise<void>((begun) => {
    vi.mocked(render).mockImplementationOnce(() => {
      begun();
      return new Promise(() => {});
    });
    void enhance(order);
  });
}

async function paid(key: string, at: string) {
  await api.db.query(
    `insert into billing.payments (account_id, key, kind, status, description, amount_cents, currency, created_at, ticket)
     values ($1, $2, 'subscription', 'paid', 'Basic plan', 999, 'usd', $3, 1)`,
    [(await getUserOrThrow()).id, key, at],
  );
}

async function give(grant: Partial<Grant> & Pick<Grant, "amount" | "transaction_id">) {
  const account_id = (await getUserOrThrow()).id;
  await total(); // opens the account, so that the free credits are its first entry
  const { data } = await api.service.rpc("add_credits_atomic", { type: "permanent", ...grant, account_id });
  expect(data?.[0]).toMatchObject({ success: true });
}

import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { getBalance } from "@/lib/credits/get-balance";
import { getHistory } from "@/lib/credits/get-history";
import { enhance, quoteEnhancement } from "@/lib/playground/enhance";
import { render } from "@/lib/playground/render";
import { type TestApp, testApp } from "../support/app";
import { jar } from "../support/cookies";

vi.mock("next/headers", () => import("../support/cookies"));
vi.mock("@/lib/playground/render", async (original) => {
  const module = await original<typeof import("@/lib/playground/render")>();
  return { ...module, render: vi.fn(module.render) };
});

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.close());
beforeEach(() => api.signUp());

const settings = { size: "draft", light: "balanced", colour: "keep", detail: "keep" };
const job = (change: object = {}) => ({
  picture: "lake-at-dusk",
  settings,
  taskId: `task-${randomUUID()}`,
  ...change,
});
const total = async () => (await getBalance()).total;

test("the result is handed over, and its entry names the picture and every setting", async () => {
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

test("the history shows one line for a job that was held, worked and captured", async () => {
  await enhance(job());
  const { entries } = await getHistory(null);
  expect(entries.map(({ kind, credits }) => [kind, credits])).toEqual([
    ["capture", -60],
    ["grant", 100],
  ]);
});

test("work that fails gives its credits back at once, and can be tried again", async () => {
  vi.mocked(render).mockRejectedValueOnce(new Error("out of memory"));
  const order = job();
  await expect(enhance(order)).rejects.toMatchObject({ kind: "failed", cause: new Error("out of memory") });
  expect(await getBalance()).toMatchObject({ total: 100, held: 0 });
  await expect(enhance(order)).rejects.toMatchObject({ kind: "conflict" });
  expect(await enhance(job())).toMatchObject({ is: "done", balance: 40 });
});

test("killed while it works, the user loses nothing: the hold ends by itself", async () => {
  await killed(job());
  expect(await getBalance()).toMatchObject({ total: 40, held: 60 });
  await api.db.shiftClock(119);
  expect(await getBalance()).toMatchObject({ total: 40, held: 60 });
  await api.db.shiftClock(121);
  expect(await getBalance()).toMatchObject({ total: 100, held: 0 });
  await api.db.shiftClock(0);
});

test("killed and sent again while its hold stands, the job is done for one charge", async () => {
  const order = job();
  await killed(order);
  expect(await enhance(order)).toMatchObject({ is: "done", charged: 60, balance: 40 });
  expect(await getBalance()).toMatchObject({ total: 40, held: 0 });
});

test("a job that was charged and fails when sent again can still be had for that charge", async () => {
  const order = job();
  const first = await enhance(order);
  vi.mocked(render).mockRejectedValueOnce(new Error("out of memory"));
  await expect(enhance(order)).rejects.toMatchObject({ kind: "unavailable" });
  expect(await enhance(order)).toEqual(first);
  expect(await total()).toBe(40);
});

test("two jobs at once with credits for one: one is done, and only one is worked on", async () => {
  vi.mocked(render).mockClear();
  const answers = await Promise.all([enhance(job()), enhance(job())]);
  expect(answers.map((answer) => answer.is).sort()).toEqual(["done", "short"]);
  expect(render).toHaveBeenCalledTimes(1);
  expect(await total()).toBe(40);
});

test("who has no credits costs no work", async () => {
  await enhance(job());
  vi.mocked(render).mockClear();
  const answers = await Promise.all([enhance(job()), enhance(job())]);
  expect(answers.map((answer) => answer.is)).toEqual(["short", "short"]);
  expect(render).not.toHaveBeenCalled();
});

test("the same job sent again gets its result, for one charge", async () => {
  const order = job();
  const first = await enhance(order);
  const again = await enhance(order);
  expect(again).toEqual(first);
  expect(await total()).toBe(40);
});

test("a key cannot buy a second job", async () => {
  const order = job();
  await enhance(order);
  const other = { ...order, settings: { ...settings, colour: "vivid" } };
  await expect(enhance(other)).rejects.toMatchObject({ kind: "conflict", status: 409 });
  expect(await total()).toBe(40);
});

test("too few credits give no picture, but what is missing and the cheapest way out", async () => {
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
])("%s is refused and costs nothing", async (_, change) => {
  await expect(enhance(job(change))).rejects.toMatchObject({ name: "AppError" });
  expect(await total()).toBe(100);
});

test("who is not signed in gets nothing, not even a price", async () => {
  jar.clear();
  await expect(enhance(job())).rejects.toMatchObject({ status: 401 });
  await expect(quoteEnhancement({ picture: "lake-at-dusk", settings })).rejects.toMatchObject({
    status: 401,
  });
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

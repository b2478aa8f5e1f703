import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { leaseCredits } from "@/lib/credits/lease";
import { type TestApp, testApp } from "../support/app";
import { problemsOf, stopClock } from "../support/books";
import { verbsOf } from "../support/verbs";

vi.mock("next/headers", () => import("../support/cookies"));

let api: TestApp;
let clock: Awaited<ReturnType<typeof stopClock>>;
let account: string;
beforeAll(async () => {
  api = await testApp();
  clock = await stopClock(api.db, "2026-03-01T00:00:00Z");
});
beforeEach(async () => {
  await clock.set("2026-03-01T00:00:00Z");
  account = crypto.randomUUID();
  await verbsOf(api.db).grant(account, 100, "pack");
});
afterEach(async () => {
  vi.useRealTimers();
  expect(await problemsOf(api.db)).toEqual([]);
});
afterAll(() => api.close());

const total = async () => (await verbsOf(api.db).credits(account)).total;
const entries = async () => {
  const { rows } = await api.db.query(
    "select kind, credits from billing.credit_transactions where account_id = $1 and number > 1 order by number",
    [account],
  );
  return rows.map(({ kind, credits }) => `${kind} ${credits}`);
};

test("a lease holds once, is spent without the database, and is captured once", async () => {
  const lease = leaseCredits(account, { credits: 50, description: "Tokens" });
  for (const credits of [5, 7, 9]) expect(await lease.spend(credits)).toBe(true);
  expect(await entries()).toEqual(["hold -50"]);
  await lease.close();
  expect(await entries()).toEqual(["hold -50", "capture 29"]);
  const history = await api.db.query("select credits, description from get_credit_history($1)", [account]);
  expect(history.rows[0]).toEqual({ credits: -21, description: "Tokens" });
});

test("a spend that the lease cannot pay settles it and holds anew", async () => {
  const lease = leaseCredits(account, { credits: 10 });
  for (const credits of [6, 6, 30]) expect(await lease.spend(credits)).toBe(true);
  await lease.close();
  expect(await entries()).toEqual([
    ...["hold -10", "capture 4"],
    ...["hold -10", "capture 4"],
    ...["hold -30", "capture 0"],
  ]);
});

test("what was not spent comes back; a lease that was closed opens again", async () => {
  const lease = leaseCredits(account, { credits: 40 });
  await lease.renew();
  await lease.renew();
  await lease.close();
  await lease.close();
  expect(await entries()).toEqual(["hold -40", "release 40", "hold -40", "release 40"]);
  expect(await lease.spend(3)).toBe(true);
  await lease.close();
  expect(await total()).toBe(97);
});

test("200 spends of 1 at once on 100 credits by two leases: exactly 100 succeed", async () => {
  const leases = [leaseCredits(account, { credits: 30 }), leaseCredits(account, { credits: 7 })];
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => leases[i % 2]?.spend(1)));
  await Promise.all(leases.map((lease) => lease.close()));
  const spent = answers.filter(Boolean).length;
  expect(await total()).toBe(100 - spent);
  const last = leaseCredits(account);
  for (let i = spent; i < 100; i++) expect(await last.spend(1)).toBe(true);
  expect(await last.spend(1)).toBe(false);
  await last.close();
  expect(await total()).toBe(0);
});

test("a process that dies leaves a hold that ends by itself: the user loses nothing", async () => {
  const lease = leaseCredits(account, { credits: 60 });
  await lease.spend(20);
  await clock.set("2026-03-01T00:14:59.999999Z");
  expect(await total()).toBe(40);
  await clock.set("2026-03-01T00:15:00Z");
  expect(await total()).toBe(100);
  await expect(lease.close()).rejects.toMatchObject({ kind: "conflict" }); // it was not dead, only late
  expect(await lease.spend(1)).toBe(true);
  await lease.close();
  expect(await total()).toBe(99);
});

test("a lease that nobody touches settles itself in time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const lease = leaseCredits(account, { credits: 60 });
  await lease.spend(20);
  vi.advanceTimersByTime(10 * 60_000 - 1);
  expect(await entries()).toEqual(["hold -60"]);
  vi.advanceTimersByTime(1);
  while ((await total()) !== 80);
  await lease.close();
  expect(await entries()).toEqual(["hold -60", "capture 40"]);
});

test("a settlement whose answer is lost is asked for again, and happens once", async () => {
  const lease = leaseCredits(account, { credits: 60 });
  await lease.spend(20);
  const lost = vi.fn(async (input: RequestInfo | URL, init?: RequestInit) => {
    await api.fetch(input, init);
    throw new TypeError("fetch failed");
  });
  vi.stubGlobal("fetch", lost);
  await expect(lease.close()).rejects.toMatchObject({ kind: "unavailable" });
  expect(lost).toHaveBeenCalled();
  vi.stubGlobal("fetch", api.fetch);
  expect(await lease.spend(5)).toBe(true);
  await lease.close();
  expect(await entries()).toEqual(["hold -60", "capture 40", "hold -60", "capture 55"]);
});

test.each([0, -1, 0.5, Number.NaN, 2 ** 53])("%d credits are not spent", async (credits) => {
  const lease = leaseCredits(account);
  await expect(lease.spend(credits)).rejects.toMatchObject({ kind: "invalid" });
  expect(await entries()).toEqual([]);
});

import { afterEach, beforeEach, expect, test } from "vitest";
import { createClock, moveClock } from "../../local/clock.ts";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

const day = 86_400_000;
const onStep = async () => {};
const databaseNow = async () =>
  (await db.query<{ now: Date }>("select billing.now()")).rows[0]?.now ?? new Date(0);

test("the database and the platform agree on the time, also after a restart", async () => {
  const clock = await createClock(db.adminUrl);
  await clock.moveTo(await clock.instantOf("+40 days"));
  const again = await createClock(db.adminUrl);
  for (const read of [clock.now, again.now, databaseNow]) {
    const earliest = Date.now() + 40 * day;
    const now = (await read()).getTime();
    expect(now).toBeGreaterThanOrEqual(earliest - 1); // Postgres counts microseconds
    expect(now).toBeLessThanOrEqual(Date.now() + 40 * day + 1000);
  }
});

test("the moved function keeps its grants and its settings", async () => {
  const facts =
    "select proowner, proacl, provolatile, prosecdef, proconfig from pg_proc where oid = 'billing.now()'::regprocedure";
  const before = (await db.query(facts)).rows;
  const clock = await createClock(db.adminUrl);
  await clock.moveTo(await clock.instantOf("+1 hour"));
  expect((await db.query(facts)).rows).toEqual(before);
});

test("the clock moves forward only, and to a time that can be understood", async () => {
  const clock = await createClock(db.adminUrl);
  await expect(clock.instantOf("2020-01-01")).rejects.toThrow("only moves forward");
  for (const words of ["", "-1 day", "+1 sheep", "tomorrow", "2027-13-01"])
    await expect(clock.instantOf(words)).rejects.toThrow("is no time to move to");
  expect(await clock.instantOf("2099-01-31")).toEqual(new Date("2099-01-31T00:00:00Z"));
});

test("moving stops at each due instant, and jobs run after it", async () => {
  const clock = await createClock(db.adminUrl);
  const start = clock.now().getTime();
  const due = [1, 2].map((days) => new Date(start + days * day));
  const seen: string[] = [];
  const note = (what: string) =>
    seen.push(`${what}, day ${Math.floor((clock.now().getTime() - start) / day)}`);
  const sandbox = {
    nextDue: async () => due[0] ?? null,
    runDue: async () => {
      if (!due[0] || due[0] > clock.now()) return;
      due.shift();
      note("renewal");
    },
  };
  const cron = { runDue: async () => void note("jobs") };
  await moveClock({ clock, sandbox, cron, onStep }, new Date(start + 5 * day));
  expect(seen).toEqual(["renewal, day 1", "jobs, day 1", "renewal, day 2", "jobs, day 2", "jobs, day 5"]);
});

test("what stays due does not stop time", async () => {
  const clock = await createClock(db.adminUrl);
  const target = new Date(clock.now().getTime() + 300_000);
  const sandbox = { nextDue: async () => new Date(0), runDue: async () => {} };
  await moveClock({ clock, sandbox, cron: { runDue: async () => {} }, onStep }, target);
  expect(clock.now().getTime()).toBeGreaterThanOrEqual(target.getTime());
});

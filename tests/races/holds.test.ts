// A hold ends once, whoever comes first.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

let db: TestDb;
let clock: Awaited<ReturnType<typeof stopClock>>;
let account: string;
beforeEach(async () => {
  db = await testDb();
  clock = await stopClock(db, "2026-03-01T00:00:00Z");
  account = crypto.randomUUID();
  await verbsOf(db).grant(account, 100, "pack");
});
afterEach(() => db.drop());

const hold = (amount: number, key: string) =>
  db.one<{ success: boolean; duplicate: boolean }>("select * from hold_credits_atomic($1, $2, $3)", [
    account,
    amount,
    key,
  ]);
const capture = (key: string) => db.query("select * from capture_hold($1, $2)", [account, key]);
const release = (key: string) => db.query("select * from release_hold($1, $2)", [account, key]);
const times = <T>(n: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));
const kinds = async () => {
  const entries =
    "select kind, count(*) from billing.credit_transactions where kind <> 'grant' group by kind";
  return Object.fromEntries((await db.query(entries)).rows.map(({ kind, count }) => [kind, count]));
};

test("20 holds of 10 at once on 100 credits: exactly 10 succeed", async () => {
  const answers = await times(20, (i) => hold(10, `job-${i}`));
  expect(answers.filter((answer) => answer.success)).toHaveLength(10);
  expect(await problemsOf(db)).toEqual([]);
});

test("one hold captured and released 20 times at once ends once", async () => {
  await hold(40, "job");
  const ends = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? capture("job") : release("job"))),
  );
  expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(10); // one way and its repeats
  const { capture: captured = 0, release: released = 0 } = await kinds();
  expect(captured + released).toBe(1);
  expect(await problemsOf(db)).toEqual([]);
});

test("a hold captured 20 times at once, in part, is captured once, and the others are told so", async () => {
  await hold(40, "job");
  const captures = await times(20, () =>
    db.one("select duplicate, given_back from capture_hold($1, 'job', 30)", [account]),
  );
  expect(captures.filter(({ duplicate }) => !duplicate)).toEqual([{ duplicate: false, given_back: 10 }]);
  expect(await kinds()).toEqual({ hold: 1, capture: 1 });
  expect((await verbsOf(db).credits(account)).total).toBe(70);
  expect(await problemsOf(db)).toEqual([]);
});

test("captures, reads and a sweep at the instant a hold ends: its credits come back once", async () => {
  await hold(40, "job");
  await clock.set("2026-03-01T00:15:00Z");
  const ends = await Promise.allSettled([
    ...Array.from({ length: 8 }, () => capture("job")),
    ...Array.from({ length: 8 }, () => verbsOf(db).credits(account)),
    verbsOf(db).sweep(10),
  ]);
  expect(ends.slice(0, 8).every((end) => end.status === "rejected")).toBe(true);
  expect(await kinds()).toEqual({ hold: 1, release: 1 });
  expect((await verbsOf(db).credits(account)).total).toBe(100);
  expect(await problemsOf(db)).toEqual([]);
});

test.each([
  ["a capture", capture, { hold: 1, release: 1, spend: 1 }, "LCHLD"],
  ["a release", release, { hold: 1, release: 1, spend: 1 }, undefined],
])("%s that waits for the row across the hold's end is decided after the wait", async (_, end, did, code) => {
  await hold(40, "job");
  await clock.set("2026-03-01T00:14:59.999999Z");
  const holder = await connect(db);
  await holder.query("begin");
  await holder.query("select * from deduct_credits_atomic($1, 1, 'task')", [account]);
  const waiting = end("job").then(
    () => undefined,
    (error) => error.code,
  );
  await someoneWaits(db);
  await clock.set("2026-03-01T00:15:00Z");
  await holder.query("commit");
  expect(await waiting).toBe(code);
  expect((await verbsOf(db).credits(account)).total).toBe(99);
  expect(await kinds()).toEqual(did);
  expect(await db.one("select state from billing.holds")).toEqual({ state: "timed_out" });
  expect(await problemsOf(db)).toEqual([]);
});

test("one spend reversed 20 times at once is given back once", async () => {
  await verbsOf(db).deduct(account, 60, "task");
  await times(20, () => db.query("select * from reverse_deduction($1, 'task', 'failed')", [account]));
  expect(await kinds()).toEqual({ spend: 1, reversal: 1 });
  expect((await verbsOf(db).credits(account)).total).toBe(100);
  expect(await problemsOf(db)).toEqual([]);
});

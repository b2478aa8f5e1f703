// Batches, transfers and single calls over the same accounts never wait for each other in a circle.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { connect, connectImpatient } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

let db: TestDb;
let verbs: ReturnType<typeof verbsOf>;
beforeEach(async () => {
  db = await testDb();
  verbs = verbsOf(db);
});
afterEach(() => db.drop());

type Answer = { success: boolean; deducted: number; duplicate: boolean };

async function deductMany(accounts: string[], amount: number, key: string) {
  const { rows } = await db.query<Answer>("select * from deduct_many($1, $2, $3)", [
    accounts,
    accounts.map(() => amount),
    accounts.map((_, i) => `${key}-${i}`),
  ]);
  return rows;
}
const uuids = (count: number) => Array.from({ length: count }, () => crypto.randomUUID()).sort();
const times = <T>(n: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));

test("a batch locks its accounts in the order of their ids, in whatever order they are named", async () => {
  const [low = "", high = ""] = uuids(2);
  for (const id of [low, high]) await verbs.grant(id, 10, "pack");
  const holder = await connect(db);
  await holder.query("begin");
  await holder.query("select from billing.accounts where id = $1 for update", [low]);
  const batch = deductMany([high, low], 1, "batch");
  await someoneWaits(db);
  // It waits for the first and does not hold the second.
  const other = await connectImpatient(db);
  await other.query("select * from deduct_credits_atomic($1, 1, 'meanwhile')", [high]);
  await holder.query("commit");
  expect((await batch).map((answer) => answer.success)).toEqual([true, true]);
  expect(await problemsOf(db)).toEqual([]);
});

test("two accounts at once in batches, transfers and single calls of both directions: no deadlock", async () => {
  const pair = uuids(2);
  const [low = "", high = ""] = pair;
  for (const id of pair) await verbs.grant(id, 10_000, "pack");
  const transfer = (from: string, to: string, key: string) =>
    db.query("select * from transfer_credits($1, $2, 3, $3)", [from, to, key]);
  await times(16, async (client) => {
    for (let i = 0; i < 15; i++) {
      const [one, two] = (client + i) % 2 ? [low, high] : [high, low];
      const key = `${client}-${i}`;
      if (client % 4 === 0) await transfer(one, two, key);
      else if (client % 4 === 1) await deductMany([one, two, one], 1, key);
      else if (client % 4 === 2) {
        await db.query("select * from hold_credits_atomic($1, 5, $2)", [one, key]);
        await db.query("select * from capture_hold($1, $2, 2)", [one, key]);
      } else await verbs.deduct(one, 1, key);
    }
  });
  expect(await problemsOf(db)).toEqual([]);
  const { left } = await db.one<{ left: number }>("select sum(balance)::int as left from billing.accounts");
  expect(left).toBe(20_000 - 4 * 15 * (3 + 2 + 1));
});

test("100 spends of 1 in 20 batches at once on 60 credits: exactly 60 succeed", async () => {
  const [account = ""] = uuids(1);
  await verbs.grant(account, 25, "first", { type: "promotional" });
  await verbs.grant(account, 35, "second");
  const answers = await times(20, (i) => deductMany(Array(5).fill(account), 1, `batch-${i}`));
  expect(answers.flat().filter((answer) => answer.success)).toHaveLength(60);
  expect(await problemsOf(db)).toEqual([]);
});

test("one batch 20 times at once is charged once", async () => {
  const accounts = uuids(5);
  for (const id of accounts) await verbs.grant(id, 10, "pack");
  const answers = await times(20, () => deductMany(accounts, 4, "batch"));
  expect(answers.flat().every((answer) => answer.success && answer.deducted === 4)).toBe(true);
  expect(answers.flat().filter((answer) => !answer.duplicate)).toHaveLength(5);
  expect(await problemsOf(db)).toEqual([]);
});

test("batches that open the accounts of new users in opposite orders: no deadlock, one free month each", async () => {
  for (let round = 0; round < 5; round++) {
    const users = await times(12, () => db.newUser());
    await times(6, (i) => deductMany(i % 2 ? users : users.toReversed(), 1, `${round}-${i}`));
  }
  const { accounts, credits } = await db.one<{ accounts: number; credits: number }>(
    "select count(*) as accounts, sum(balance)::int as credits from billing.accounts",
  );
  expect({ accounts, credits }).toEqual({ accounts: 60, credits: 60 * (100 - 6) });
  expect(await problemsOf(db)).toEqual([]);
});

test("batches claim the free months of persons with two accounts in one order", async () => {
  const clock = await stopClock(db, "2026-03-01T00:00:00Z");
  const [a = "", b = "", c = "", d = ""] = uuids(4);
  const user = "insert into auth.users (id, email) values ($1, $2)";
  // In the order of ids the one batch would claim for ada first, the other for bob.
  for (const [id, email] of [
    [a, "ada@example.com"],
    [b, "bob@example.com"],
    [c, "bob+2@example.com"],
    [d, "ada+2@example.com"],
  ])
    await db.query(user, [id, email]);
  for (const id of [a, b, c, d]) await verbs.credits(id);
  await clock.set("2026-04-01T00:00:00Z");
  const { first } = await db.one<{ first: Buffer }>(
    "select person as first from billing.free_month_claims order by person limit 1",
  );
  const holder = await connect(db);
  await holder.query("begin");
  await holder.query("select from billing.free_month_claims where person = $1 for update", [first]);
  const batches = [deductMany([a, b], 1, "one"), deductMany([c, d], 1, "other")];
  await someoneWaits(db, 2);
  const other = await connectImpatient(db);
  await other.query("select from billing.free_month_claims where person <> $1 for update", [first]);
  await holder.query("commit");
  const answers = (await Promise.all(batches)).flat();
  expect(answers.filter((answer) => answer.success)).toHaveLength(2); // one account of each person
  expect(await problemsOf(db)).toEqual([]);
});

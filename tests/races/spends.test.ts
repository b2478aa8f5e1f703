import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";

let db: TestDb;
let verbs: ReturnType<typeof verbsOf>;
let account: string;
beforeEach(async () => {
  db = await testDb();
  verbs = verbsOf(db);
  account = crypto.randomUUID(); // not a user: no free month comes between
});
afterEach(() => db.drop());

const times = <T>(n: number, act: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: n }, (_, i) => act(i)));

test("200 spends of 1 at once on 100 credits: exactly 100 succeed", async () => {
  await verbs.grant(account, 100, "start");
  const answers = await times(200, (i) => verbs.deduct(account, 1, `task-${i}`));
  const refused = answers.filter((answer) => !answer.success);
  expect(refused).toHaveLength(100);
  expect(refused.every((answer) => answer.shortfall === 1 && answer.deducted === 0)).toBe(true);
  const books = await db.one("select balance, entry_count from billing.accounts where id = $1", [account]);
  expect(books).toEqual({ balance: 0, entry_count: 101 });
  expect(await problemsOf(db)).toEqual([]);
});

test("one key 50 times at once charges once and answers the same 50 times", async () => {
  await verbs.grant(account, 1000, "start");
  const answers = await times(50, () => verbs.deduct(account, 7, "task"));
  expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
  const said = answers.map((answer) => [answer.success, answer.deducted, answer.balance_after].join());
  expect(new Set(said)).toEqual(new Set(["true,7,993"]));
  expect(await problemsOf(db)).toEqual([]);
});

test("one grant 50 times at once makes one bucket", async () => {
  const answers = await times(50, () => verbs.grant(account, 500, "payment"));
  expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
  expect(new Set(answers.map((answer) => answer.balance_after))).toEqual(new Set([500]));
  expect(await problemsOf(db)).toEqual([]);
});

test("16 clients spend and grant on one account: no entry is dated before its predecessor", async () => {
  await verbs.grant(account, 200, "start");
  const soon = (i: number) => new Date(Date.now() + 20 + 7 * (i % 9)).toISOString();
  await times(16, async (client) => {
    for (let i = 0; i < 30; i++) {
      const type = i % 2 ? "subscription" : "promotional";
      if (i % 5 === 0)
        await verbs.grant(account, 40, `g-${client}-${i}`, { type, expires: soon(i + client) });
      else await verbs.deduct(account, 1 + ((client + i) % 9), `d-${client}-${i}`);
    }
  });
  expect(await problemsOf(db)).toEqual([]);
  // Else the run has not shown what it should.
  const seen = await db.one<{ expiries: number; across_buckets: number }>(
    "select count(*) filter (where kind = 'expiry') as expiries, count(*) filter (where split is not null) as across_buckets from billing.credit_transactions",
  );
  expect(seen.expiries).toBeGreaterThan(0);
  expect(seen.across_buckets).toBeGreaterThan(0);
});

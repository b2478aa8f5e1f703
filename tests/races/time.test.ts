// Time passes while somebody waits: the instant that decides is read after the lock.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

const before = "2026-03-01T11:59:59.999999Z";
const expiry = "2026-03-01T12:00:00Z";
let db: TestDb;
let verbs: ReturnType<typeof verbsOf>;
let clock: Awaited<ReturnType<typeof stopClock>>;
let account: string;
beforeEach(async () => {
  db = await testDb();
  verbs = verbsOf(db);
  clock = await stopClock(db, "2026-03-01T00:00:00Z");
  account = crypto.randomUUID();
});
afterEach(() => db.drop());

test("a bucket behind the one in hand that has just expired is gone from balance_after", async () => {
  await verbs.grant(account, 100, "in hand", { type: "promotional", expires: "2026-03-02T00:00:00Z" });
  await db.query(
    "select * from billing.grant_credits($1, 'subscription', 50, 'behind', $2, priority => 30::smallint)",
    [account, expiry],
  );
  await clock.set(expiry);
  const spend = await verbs.deduct(account, 10, "task");
  expect(spend).toMatchObject({ success: true, balance_after: 90, from_promotional: 10 });
  const { rows } = await db.query(
    "select kind, credits, balance_after, created_at from billing.credit_transactions where account_id = $1 and number > 2 order by number",
    [account],
  );
  const at = new Date(expiry);
  expect(rows).toEqual([
    { kind: "expiry", credits: -50, balance_after: 100, created_at: at },
    { kind: "spend", credits: -10, balance_after: 90, created_at: at },
  ]);
});

describe("a spend that waits for the row across an expiry is decided after the wait", () => {
  for (const { how, change, end } of [
    { how: "commits", change: true, end: "commit" },
    { how: "rolls back", change: true, end: "rollback" },
    { how: "had only locked the row", change: false, end: "commit" },
  ])
    test(`its holder ${how}`, async () => {
      await verbs.grant(account, 100, "ends", { type: "promotional", expires: expiry });
      await clock.set(before);
      const holder = await connect(db);
      await holder.query("begin");
      await holder.query("select from billing.accounts where id = $1 for update", [account]);
      if (change) await holder.query("select * from deduct_credits_atomic($1, 1, 'first')", [account]);
      const waiting = verbs.deduct(account, 60, "second");
      await someoneWaits(db);
      await clock.set(expiry);
      await holder.query(end);
      expect(await waiting).toMatchObject({ success: false, shortfall: 60, balance_after: 0 });
      expect(await problemsOf(db)).toEqual([]);
    });
});

test("spends, reads and two sweeps at one expiry: each bucket expires once", async () => {
  const accounts = Array.from({ length: 40 }, () => crypto.randomUUID());
  for (const id of accounts) {
    await verbs.grant(id, 30, "plan", { type: "subscription", expires: expiry });
    await verbs.grant(id, 20, "pack");
  }
  await clock.set(expiry);
  const [, , ...balances] = await Promise.all([
    verbs.sweep(10),
    verbs.sweep(10),
    ...accounts.map(async (id) => (await verbs.deduct(id, 15, "task")).balance_after),
    ...accounts.map(async (id) => (await verbs.credits(id)).total),
  ]);
  expect(balances.filter((balance) => balance !== 5 && balance !== 20)).toEqual([]);
  const { rows } = await db.query(
    "select count(*) as expiries from billing.credit_transactions where kind = 'expiry' group by account_id",
  );
  expect(rows).toEqual(accounts.map(() => ({ expiries: 1 })));
  expect(await problemsOf(db)).toEqual([]);
});

test("20 first reads at once by two accounts of one person claim one free month", async () => {
  const people = [await db.newUser("a.b+one@gmail.com"), await db.newUser("AB@googlemail.com")];
  await Promise.all(Array.from({ length: 20 }, (_, i) => verbs.credits(people[i % 2] ?? "")));
  const given = await db.one(
    "select sum(balance)::int as credits, count(*) as accounts from billing.accounts",
  );
  expect(given).toEqual({ credits: 100, accounts: 2 });
});

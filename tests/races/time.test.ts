// Time passes while somebody waits: the instant that decides is read after the lock.
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Db, problemsOf, stopClock } from "../support/books";
import { testDb } from "../support/db";

const before = "2026-03-01T11:59:59.999999Z";
const expiry = "2026-03-01T12:00:00Z";
let db: Db;
let clock: Awaited<ReturnType<typeof stopClock>>;
let account: string;
beforeEach(async () => {
  db = await testDb();
  clock = await stopClock(db, "2026-03-01T00:00:00Z");
  account = crypto.randomUUID();
});
afterEach(() => db.drop());

const grant = (amount: number, type: string, key: string, expires: string | null) =>
  db.query("select * from add_credits_atomic($1, $2, $3, $4, null, $5)", [
    account,
    amount,
    type,
    key,
    expires,
  ]);
const deduct = async (amount: number, key: string) =>
  (await db.query("select * from deduct_credits_atomic($1, $2, $3)", [account, amount, key])).rows[0];
const entries = async () =>
  (
    await db.query(
      "select kind, credits, balance_after, created_at from billing.credit_transactions where account_id = $1 order by number",
      [account],
    )
  ).rows.map((e) => `${e.kind} ${e.credits} -> ${e.balance_after} ${e.created_at.toISOString()}`);

/** Resolves once some connection to this database waits for a lock. */
async function someoneWaits() {
  for (;;) {
    const { rows } = await db.query(
      "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rows[0].count > 0) return;
  }
}

test("a bucket behind the one in hand that has just expired is gone from balance_after", async () => {
  await grant(100, "promotional", "in hand", "2026-03-02T00:00:00Z");
  await db.query(
    "select * from billing.grant_credits($1, 'subscription', 50, 'behind', $2, priority => 30::smallint)",
    [account, expiry],
  );
  await clock.set(expiry);
  expect(await deduct(10, "task")).toMatchObject({ success: true, balance_after: 90, from_promotional: 10 });
  expect((await entries()).slice(2)).toEqual([
    "expiry -50 -> 100 2026-03-01T12:00:00.000Z",
    "spend -10 -> 90 2026-03-01T12:00:00.000Z",
  ]);
});

describe("a spend that waits for the row across an expiry is decided after the wait", () => {
  for (const [how, change, end] of [
    ["commits", true, "commit"],
    ["rolls back", true, "rollback"],
    ["had only locked the row", false, "commit"],
  ] as const)
    test(`its holder ${how}`, async () => {
      await grant(100, "promotional", "ends", expiry);
      await clock.set(before);
      const holder = new pg.Client({ connectionString: db.url });
      await holder.connect();
      await holder.query("begin");
      await holder.query("select from billing.accounts where id = $1 for update", [account]);
      if (change) await holder.query("select * from deduct_credits_atomic($1, 1, 'first')", [account]);
      const waiting = deduct(60, "second");
      await someoneWaits();
      await clock.set(expiry);
      await holder.query(end);
      expect(await waiting).toMatchObject({ success: false, shortfall: 60, balance_after: 0 });
      expect(await problemsOf(db)).toEqual([]);
      await holder.end();
    });
});

test("spends, reads and two sweeps at one expiry: each bucket expires once, the ledger is the balance", async () => {
  const accounts = Array.from({ length: 40 }, () => crypto.randomUUID());
  for (const id of accounts) {
    await db.query("select * from add_credits_atomic($1, 30, 'subscription', 'plan', null, $2)", [
      id,
      expiry,
    ]);
    await db.query("select * from add_credits_atomic($1, 20, 'permanent', 'pack')", [id]);
  }
  await clock.set(expiry);
  const answers = await Promise.all([
    db.query("select expire_subscription_credits(10) as settled"),
    db.query("select expire_subscription_credits(10) as settled"),
    ...accounts.flatMap((id) => [
      db.query("select * from deduct_credits_atomic($1, 15, 'task')", [id]),
      db.query("select * from get_user_credits($1)", [id]),
    ]),
  ]);
  expect(answers.slice(2).every((a) => [5, 20].includes(a.rows[0].balance_after ?? a.rows[0].total))).toBe(
    true,
  );
  const { rows } = await db.query(
    "select account_id, count(*) from billing.credit_transactions where kind = 'expiry' group by 1",
  );
  expect(rows).toHaveLength(40);
  expect(rows.every((r) => r.count === 1)).toBe(true);
  expect(await problemsOf(db)).toEqual([]);
});

test("20 first reads at once claim one free month; two accounts of one person claim one between them", async () => {
  const people = [crypto.randomUUID(), crypto.randomUUID()];
  await db.query(
    "insert into auth.users (id, email) values ($1, 'a.b+one@gmail.com'), ($2, 'AB@googlemail.com')",
    people,
  );
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => db.query("select * from get_user_credits($1)", [people[i % 2]])),
  );
  const { rows } = await db.query("select sum(balance) as given, count(*) as accounts from billing.accounts");
  expect(rows[0]).toMatchObject({ given: "100", accounts: 2 });
});

// A caller's own transaction: what it saw at its start decides nothing. Under READ COMMITTED a verb waits and goes by
// what it then finds; under the two stricter levels it raises 40001, and nothing is half done.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";

let db: TestDb;
let account: string;
beforeAll(async () => {
  db = await testDb();
  await db.query("insert into billing.operations (key, name) values ('draw', 'Drawing')");
  await db.query(
    "insert into billing.operation_prices (operation, version, base_credits) values ('draw', 1, 5)",
  );
});
beforeEach(async () => {
  account = await db.newUser();
  await verbsOf(db).credits(account); // opens it, with the free month
  await verbsOf(db).grant(account, 100, "pack");
  await verbsOf(db).deduct(account, 5, "task");
  await db.query("select from hold_credits_atomic($1, 10, 'job')", [account]);
});
afterEach(async () => expect(await problemsOf(db)).toEqual([]));
afterAll(() => db.drop());

const books = async () =>
  (
    await db.query(
      `select (select jsonb_agg(a order by id) from billing.accounts a) as accounts,
         (select jsonb_agg(b order by account_id, id) from billing.buckets b) as buckets,
         (select jsonb_agg(h order by account_id, number) from billing.holds h) as holds,
         (select jsonb_agg(e order by account_id, number) from billing.credit_transactions e) as entries`,
    )
  ).rows;

const verbs = [
  ["a spend", "deduct_credits_atomic($1, 1, 'new')"],
  ["a spend of more than the bucket in hand", "deduct_credits_atomic($1, 120, 'new')"],
  ["a spend of more than there is", "deduct_credits_atomic($1, 1000, 'new')"],
  ["a replay", "deduct_credits_atomic($1, 5, 'task')"],
  ["a key that was used meanwhile", "deduct_credits_atomic($1, 2, 'meanwhile')"],
  ["a batch", "deduct_many(array[$1::uuid, gen_random_uuid()], '{1,1}', '{a,b}')"],
  ["a charge", "consume_credits('draw', '{}', 'new', $1)"],
  ["a hold", "place_hold('draw', '{}', 'new', account_id => $1)"],
  ["a hold by amount", "hold_credits_atomic($1, 1, 'new')"],
  ["a capture", "capture_hold($1, 'job')"],
  ["a release", "release_hold($1, 'job')"],
  ["an extension", "extend_hold($1, 'job', '1 hour')"],
  ["a reversal", "reverse_deduction($1, 'task', 'it failed')"],
  ["a grant", "add_credits_atomic($1, 10, 'permanent', 'new')"],
  ["a transfer", "transfer_credits($1, gen_random_uuid(), 1, 'new')"],
] as const;

describe.each(["repeatable read", "serializable"])("%s", (level) => {
  test.each(verbs)("%s after somebody else's raises 40001 and changes nothing", async (_, call) => {
    const caller = await connect(db);
    await caller.query(`begin isolation level ${level}`);
    await caller.query("select from billing.accounts");
    await verbsOf(db).deduct(account, 2, "meanwhile");
    const before = await books();
    await caller.query("savepoint before");
    await expect(caller.query(`select * from ${call}`, [account])).rejects.toMatchObject({ code: "40001" });
    await caller.query("rollback to before");
    await caller.query("commit"); // whoever goes on after the failure commits nothing of it
    expect(await books()).toEqual(before);
    await caller.end();
  });

  test("an account that somebody else has opened meanwhile raises 40001", async () => {
    const id = await db.newUser();
    const caller = await connect(db);
    await caller.query(`begin isolation level ${level}`);
    await caller.query("select from billing.accounts");
    await verbsOf(db).credits(id);
    const before = await books();
    const spend = caller.query("select * from deduct_credits_atomic($1, 1, 'new')", [id]);
    await expect(spend).rejects.toMatchObject({ code: "40001" });
    await caller.query("rollback");
    expect(await books()).toEqual(before);
    await caller.end();
  });

  test("a read answers what the transaction saw, a spend of nobody else's account succeeds", async () => {
    const caller = await connect(db);
    await caller.query(`begin isolation level ${level}`);
    await caller.query("select from billing.accounts");
    await verbsOf(db).grant(crypto.randomUUID(), 1, "pack");
    const { rows } = await caller.query("select success from deduct_credits_atomic($1, 1, 'new')", [account]);
    expect(rows).toEqual([{ success: true }]);
    const read = await caller.query("select total from get_user_credits($1)", [account]);
    expect(read.rows).toEqual([{ total: 184 }]);
    await caller.query("commit");
    await caller.end();
  });
});

test.each(["read committed", "repeatable read", "serializable"])(
  "%s: a transaction opened before an expiry that spends after it spends nothing of it",
  async (level) => {
    const id = crypto.randomUUID();
    const { at } = await db.one<{ at: Date }>("select billing.now() + interval '1 hour' as at");
    await verbsOf(db).grant(id, 50, "gift", { type: "promotional", expires: at.toISOString() });
    await verbsOf(db).grant(id, 10, "pack");
    const caller = await connect(db);
    await caller.query(`begin isolation level ${level}`);
    await caller.query("select from get_user_credits($1)", [id]);
    await db.shiftClock(3600);
    const spend = (amount: number, key: string) =>
      caller.query("select success, balance_after from deduct_credits_atomic($1, $2, $3)", [id, amount, key]);
    expect((await spend(11, "too much")).rows).toEqual([{ success: false, balance_after: 10 }]);
    expect((await spend(4, "task")).rows).toEqual([{ success: true, balance_after: 6 }]);
    await caller.query("commit");
    await db.shiftClock(0);
    const { rows } = await db.query(
      "select kind, created_at >= $2 as after_it from billing.credit_transactions where account_id = $1 order by number",
      [id, at],
    );
    expect(rows.slice(2)).toEqual([
      { kind: "expiry", after_it: true },
      { kind: "spend", after_it: true },
    ]);
    await caller.end();
  },
);

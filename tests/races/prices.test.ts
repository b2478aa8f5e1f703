// A price ends while somebody waits: what is charged is the price of the entry's own instant.
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import { verbsOf } from "../support/verbs";
import { someoneWaits } from "../support/waits";

const before = "2026-03-01T11:59:59.999999Z";
const change = "2026-03-01T12:00:00Z";
let db: TestDb;
let clock: Awaited<ReturnType<typeof stopClock>>;
let account: string;
beforeEach(async () => {
  db = await testDb();
  clock = await stopClock(db, before);
  account = crypto.randomUUID();
  const { grant, credits } = verbsOf(db);
  await grant(account, 60, "soon", { type: "promotional", expires: "2026-03-02T00:00:00Z" });
  await grant(account, 100, "pack");
  await credits(account); // asks for the free month, so that a spend finds nothing due
  await db.query("insert into billing.operations (key, name) values ('draw', 'Drawing')");
  await db.query(
    `insert into billing.operation_prices (operation, version, base_credits, valid_from)
     values ('draw', 1, $1, '-infinity'), ('draw', 2, $2, $3)`,
    [50, 70, change],
  );
});
afterEach(() => db.drop());

for (const { verb, call, paid } of [
  { verb: "consume", call: "select * from consume_credits('draw', '{}', 'job', $1)", paid: "deducted" },
  {
    verb: "hold",
    call: "select * from place_hold('draw', '{}', 'job', account_id => $1)",
    paid: "held",
  },
])
  for (const { at, credits, version } of [
    { at: before, credits: 50, version: 1 },
    { at: change, credits: 70, version: 2 },
  ])
    test(`${verb}: waits for the account, and pays ${credits} when it gets it at ${at}`, async () => {
      const holder = new pg.Client({ connectionString: db.url });
      await holder.connect();
      await holder.query("begin");
      await holder.query("select from billing.accounts where id = $1 for update", [account]);
      const waiting = db.one(call, [account]);
      await someoneWaits(db);
      await clock.set(at);
      await holder.query("commit");
      await holder.end();
      expect(await waiting).toMatchObject({ success: true, [paid]: credits, balance_after: 160 - credits });
      const entry = "select price_version, created_at from billing.credit_transactions where key = 'job'";
      expect(await db.one(entry)).toEqual({ price_version: version, created_at: new Date(at) });
      expect(await problemsOf(db)).toEqual([]);
    });

// A transfer is of one instant, when both accounts are locked.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf, stopClock } from "../support/books";
import { type TestDb, testDb } from "../support/db";
import { someoneWaits } from "../support/waits";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

test.each([
  ["lower", "00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"],
  ["higher", "00000000-0000-0000-0000-00000000000b", "00000000-0000-0000-0000-00000000000a"],
])(
  "a giver with the %s id has no credits that expired while the receiver was waited for",
  async (_, giver, receiver) => {
    const clock = await stopClock(db, "2026-03-01T00:00:00Z");
    await db.query("select add_credits_atomic($1, 100, 'permanent', 'pack', expires_at => '2026-03-02')", [
      giver,
    ]);
    await db.query("select add_credits_atomic($1, 1, 'permanent', 'pack')", [receiver]);
    const holder = await db.pool.connect();
    await holder.query("begin");
    await holder.query("select from billing.accounts where id = $1 for no key update", [receiver]);
    const transfer = db.one("select success, shortfall from transfer_credits($1, $2, 100, 'gift')", [
      giver,
      receiver,
    ]);
    await someoneWaits(db);
    await clock.set("2026-03-03T00:00:00Z");
    await holder.query("commit");
    holder.release();
    expect(await transfer).toEqual({ success: false, shortfall: 100 });
    expect(await problemsOf(db)).toEqual([]);
  },
);

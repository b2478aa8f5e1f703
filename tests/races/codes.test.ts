// The last use of a code goes to one, and a person has one use of it, whoever comes first.
import { afterEach, beforeEach, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { someoneWaits } from "../support/waits";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

const redeem = "select reason, credits from redeem_code('spring', $1)";

test.each([
  {
    whose: "two persons for its last use",
    emails: ["ada@example.com", "bob@example.com"],
    reason: "used_up",
  },
  { whose: "one person twice", emails: ["ada@example.com", "Ada+two@example.com"], reason: "used_before" },
])("a code redeemed by $whose: who waited is told why not", async ({ emails, reason }) => {
  await db.query("select create_code('spring', 100, 'spring campaign', max_uses => 1)");
  const [first, second] = [await db.newUser(emails[0]), await db.newUser(emails[1])];
  const holder = await connect(db);
  await holder.query("begin");
  expect((await holder.query(redeem, [first])).rows).toEqual([{ reason: null, credits: 100 }]);
  const waiting = db.query(redeem, [second]);
  await someoneWaits(db);
  await holder.query("commit");
  expect((await waiting).rows).toEqual([{ reason, credits: 0 }]);
  expect(await problemsOf(db)).toEqual([]);
});

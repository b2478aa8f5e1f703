// A person has one trial, and an account starts it once, whoever comes first.
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

const start = "select success, duplicate, reason, ends_at from start_trial($1)";

test("two clicks at once start one trial, and both are answered the same", async () => {
  const user = await db.newUser();
  const holder = await connect(db);
  await holder.query("begin");
  const [first] = (await holder.query(start, [user])).rows;
  const waiting = db.query(start, [user]);
  await someoneWaits(db);
  await holder.query("commit");
  expect(first).toMatchObject({ success: true, duplicate: false });
  expect((await waiting).rows).toEqual([{ ...first, duplicate: true }]);
  expect(await problemsOf(db)).toEqual([]);
});

test("of two accounts of one person at once one has the trial, and the other is told that it was used", async () => {
  const [first, second] = [await db.newUser("ada@example.com"), await db.newUser("Ada+two@example.com")];
  const holder = await connect(db);
  await holder.query("begin");
  expect((await holder.query(start, [first])).rows).toMatchObject([{ success: true }]);
  const waiting = db.query(start, [second]);
  await someoneWaits(db);
  await holder.query("commit");
  expect((await waiting).rows).toMatchObject([{ success: false, reason: "used_before" }]);
  expect((await db.query("select account_id from billing.trials")).rows).toEqual([{ account_id: first }]);
  expect(await problemsOf(db)).toEqual([]);
});

test("of twenty accounts of two persons at once two have a trial", async () => {
  const people = Array.from({ length: 20 }, (_, at) =>
    db.newUser(`${at % 2 ? "ada" : "bob"}+${at}@example.com`),
  );
  const users = await Promise.all(people);
  const answers = await Promise.all(users.map(async (user) => (await db.query(start, [user])).rows[0]));
  expect(answers.filter((answer) => answer?.success)).toHaveLength(2);
  expect((await db.query("select from billing.trials")).rowCount).toBe(2);
  expect((await db.query("select from billing.buckets where key like 'trial:%'")).rowCount).toBe(2);
  expect(await problemsOf(db)).toEqual([]);
});

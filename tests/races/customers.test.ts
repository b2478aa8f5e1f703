import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

test("an event that waits while its customer is linked goes by that link, not by its metadata", async () => {
  const [named, linked] = [await db.newUser(), await db.newUser()];
  const holder = new pg.Client({ connectionString: db.url });
  await holder.connect();
  await holder.query("begin");
  await holder.query("select link_customer($1, 'cus_1')", [linked]);
  const account = db.one("select billing.account_of('cus_1', $1) as id", [named]);
  const waiting =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await db.one<{ count: number }>(waiting)).count === 0);
  await holder.query("commit");
  await holder.end();
  expect(await account).toEqual({ id: linked });
});

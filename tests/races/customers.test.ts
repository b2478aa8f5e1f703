import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { someoneWaits } from "../support/waits";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

test("an event that waits while its customer is linked goes by that link, not by its metadata", async () => {
  const [named, linked] = [await db.newUser(), await db.newUser()];
  const holder = await connect(db);
  await holder.query("begin");
  await holder.query("select link_customer($1, 'cus_1')", [linked]);
  const account = db.one("select billing.account_of('cus_1', $1) as id", [named]);
  await someoneWaits(db);
  await holder.query("commit");
  expect(await account).toEqual({ id: linked });
});

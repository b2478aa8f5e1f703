// Whether an account is topped up is decided under its lock: of two who claim one does, and what is on its way counts.
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { connect } from "../support/connections";
import { type TestDb, testDb } from "../support/db";
import { someoneWaits } from "../support/waits";

let db: TestDb;
let events = 0;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

const claim = "select number from claim_topups(100)";
const tell = (noun: string, facts: object) =>
  db.query("select apply_object($1, $2, 'x', now(), null, 'sha', $3, $4)", [
    noun,
    `evt_${++events}`,
    events,
    facts,
  ]);

/** Who has a trial and a card, and buys 500 credits for $5 when there are fewer than 9,000. */
async function short() {
  const user = await db.newUser();
  const customer = `cus_${user}`;
  await db.query("select link_customer($1, $2)", [user, customer]);
  await db.query("select start_trial($1)", [user]);
  await tell("payment_method", { id: `pm_${user}`, customer, type: "card", is_attached: true });
  await tell("customer", { customer, deleted: false, default_payment_method: `pm_${user}` });
  await db.query("select set_auto_topup(true, 9000, 'credits_500', 5000, account_id => $1)", [user]);
  return user;
}

test("who claims beside another passes over what that one is at, and finds nothing afterwards", async () => {
  await short();
  const first = await connect(db);
  await first.query("begin");
  expect((await first.query(claim)).rows).toEqual([{ number: 1 }]);
  expect((await db.query(claim)).rows).toEqual([]);
  await first.query("commit");
  expect((await db.query(claim)).rows).toEqual([]);
});

test("twenty at once claim each of thirty accounts once", async () => {
  for (const _ of Array(30)) await short();
  const answers = await Promise.all(Array.from({ length: 20 }, () => db.query(claim)));
  const claimed = answers.reduce((total, { rowCount }) => total + (rowCount ?? 0), 0);
  expect(claimed + ((await db.query(claim)).rowCount ?? 0)).toBe(30);
  expect(await problemsOf(db)).toEqual([]);
});

test("whose credits are just coming in another way is passed over, and then has enough", async () => {
  const user = await short();
  const other = await connect(db);
  await other.query("begin");
  await other.query("select add_credits_atomic($1, 9000, 'permanent', 'by hand')", [user]);
  expect((await db.query(claim)).rows).toEqual([]);
  await other.query("commit");
  expect((await db.query(claim)).rows).toEqual([]);
});

test("who switches it off while it is claimed waits, and the one claimed is taken up no more", async () => {
  const user = await short();
  const claims = await connect(db);
  await claims.query("begin");
  expect((await claims.query(claim)).rows).toHaveLength(1);
  const off = db.query("select changed from set_auto_topup(false, account_id => $1)", [user]);
  await someoneWaits(db);
  await claims.query("commit");
  expect((await off).rows).toEqual([{ changed: true }]);
  await db.query("update billing.topups set take_up_at = now() where account_id = $1", [user]);
  const again = await db.query("select is_wanted, takes from claim_topups(100)");
  expect(again.rows).toEqual([{ is_wanted: false, takes: 2 }]);
});

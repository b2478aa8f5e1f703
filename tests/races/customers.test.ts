import type pg from "pg";
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

test("a refund told together with the payment, before there is an account, does not stay parked", async () => {
  const user = await db.newUser();
  await db.query("select link_customer($1, 'cus_1')", [user]);
  const [sessions, refunds] = [await connect(db), await connect(db)];
  const facts = {
    customer: "cus_1",
    payment_intent: "pi_1",
    currency: "usd",
    created: "2026-01-10T09:00:00Z",
  };
  const session = { id: "cs_1", mode: "payment", status: "complete", payment_status: "paid", quantity: 1 };
  const bought = { ...session, ...facts, pack: "credits_500@1", amount_subtotal: 500, amount_total: 500 };
  const refund = { ...facts, id: "re_1", status: "succeeded", amount: 100, reason: null };
  await refunds.query("begin");
  await apply(refunds, "refund", refund);
  const applied = apply(sessions, "checkout_session", bought);
  await someoneWaits(db);
  await refunds.query("commit");
  expect((await applied).rows).toEqual([{ outcome: "applied" }]);
  const parked = "select count(*) from billing.stripe_events where state = 'parked'";
  expect(await db.one(parked)).toEqual({ count: 0 });
  expect(await db.one("select balance from billing.accounts")).toEqual({ balance: 400 });
});

const apply = (client: pg.Client, noun: string, facts: { id: string }) =>
  client.query(
    `select outcome from apply_object($1, 'evt_' || ($2::jsonb ->> 'id'), 'a.b', now(), null, 'sha',
       (select ticket from begin_event('evt')), $2)`,
    [noun, facts],
  );

// A renewal that is not paid at once, from the sandbox through the function to the credits.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newPerson } from "../lives/person";
import { passTo } from "../lives/world";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";

const day = 86_400_000;
let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-01T10:00:00Z"));
});
afterAll(() => shop.close());

test("case 52: a renewal that fails twice and is paid at the third try grants once, for its period", async () => {
  const { db, account, now, moveTo } = shop;
  const stage = { now, moveTo, nextDue: account.nextDue };
  const user = await db.newUser();
  const person = await newPerson(account, user);
  await person.buy("professional_month", "4000000000000341");
  await passTo(stage, new Date("2026-04-03T00:00:00Z"));
  const invoice = () =>
    db.one(
      `select status, attempts, next_attempt_at is null as is_last from billing.payments
       where account_id = $1 order by created_at desc limit 1`,
      [user],
    );
  expect(await invoice()).toEqual({ status: "failed", attempts: 2, is_last: false });
  expect((await verbsOf(db).credits(user)).total).toBe(0);
  await person.payWith("4242424242424242");
  await passTo(stage, new Date("2026-04-06T00:00:00Z"));
  expect(await invoice()).toEqual({ status: "paid", attempts: 3, is_last: true });
  const granted = `select granted_credits as credits, period_ends_at as until from billing.buckets
    where account_id = $1 and kind = 'subscription' order by id`;
  expect((await db.query(granted, [user])).rows).toEqual([
    { credits: 1000, until: new Date("2026-04-01T10:00:00Z") },
    { credits: 1000, until: new Date("2026-05-01T10:00:00Z") },
  ]);
  expect((await verbsOf(db).credits(user)).total).toBe(1000);
});

test("a plan that a bank is asked for has not failed: its credits come when the bank has paid", async () => {
  const { db, account, now, moveTo } = shop;
  const stage = { now, moveTo, nextDue: account.nextDue };
  const user = await db.newUser();
  const begun = now().getTime();
  await (await newPerson(account, user)).buy("basic_month", "000123456789");
  await passTo(stage, new Date(begun + day));
  const payments = () =>
    db.query("select status, attempts from billing.payments where account_id = $1", [user]);
  const notices = () => db.query("select kind from get_notices($1)", [user]);
  expect((await payments()).rows).toEqual([{ status: "pending", attempts: 1 }]);
  expect((await notices()).rows).toEqual([{ kind: "payment_processing" }]);
  await passTo(stage, new Date(begun + 5 * day));
  expect((await payments()).rows).toEqual([{ status: "paid", attempts: 1 }]);
  expect((await notices()).rows).toEqual([]);
  expect((await verbsOf(db).credits(user)).total).toBe(300);
});

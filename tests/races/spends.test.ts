import { afterEach, beforeEach, expect, test } from "vitest";
import { type Db, problemsOf } from "../support/books";
import { testDb } from "../support/db";

let db: Db;
let account: string;
beforeEach(async () => {
  db = await testDb();
  account = crypto.randomUUID(); // not a user: no free month comes between
});
afterEach(() => db.drop());

const grant = (amount: number, key: string, expires: string | null = null, type = "permanent") =>
  db.query("select * from add_credits_atomic($1, $2, $3, $4, null, $5)", [
    account,
    amount,
    type,
    key,
    expires,
  ]);
const deduct = async (amount: number, key: string) =>
  (await db.query("select * from deduct_credits_atomic($1, $2, $3)", [account, amount, key])).rows[0];

test("200 spends of 1 at once on 100 credits: exactly 100 succeed", async () => {
  await grant(100, "start");
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => deduct(1, `task-${i}`)));
  expect(answers.filter((a) => a.success)).toHaveLength(100);
  expect(answers.filter((a) => !a.success).every((a) => a.shortfall === 1 && a.deducted === 0)).toBe(true);
  const { rows } = await db.query("select balance, entry_count from billing.accounts where id = $1", [
    account,
  ]);
  expect(rows).toEqual([{ balance: 0, entry_count: 101 }]);
  expect(await problemsOf(db)).toEqual([]);
});

test("one key 50 times at once charges once and answers the same 50 times", async () => {
  await grant(1000, "start");
  const answers = await Promise.all(Array.from({ length: 50 }, () => deduct(7, "task")));
  expect(answers.filter((a) => !a.duplicate)).toHaveLength(1);
  expect(new Set(answers.map((a) => `${a.success} ${a.deducted} ${a.balance_after}`))).toEqual(
    new Set(["true 7 993"]),
  );
  expect(await problemsOf(db)).toEqual([]);
});

test("one grant 50 times at once makes one bucket", async () => {
  const answers = await Promise.all(Array.from({ length: 50 }, () => grant(500, "payment")));
  expect(answers.filter((a) => !a.rows[0].duplicate)).toHaveLength(1);
  expect(new Set(answers.map((a) => a.rows[0].balance_after))).toEqual(new Set([500]));
});

test("16 clients spend and grant on one account: no entry is dated before its predecessor", async () => {
  await grant(200, "start");
  const soon = () => new Date(Date.now() + 20 + Math.random() * 60).toISOString();
  await Promise.all(
    Array.from({ length: 16 }, async (_, client) => {
      for (let i = 0; i < 30; i++) {
        if (i % 5 === 0) await grant(40, `g-${client}-${i}`, soon(), i % 2 ? "subscription" : "promotional");
        else await deduct(1 + ((client + i) % 9), `d-${client}-${i}`);
      }
    }),
  );
  expect(await problemsOf(db)).toEqual([]);
  const { rows } = await db.query(
    "select count(*) filter (where kind = 'expiry') as expiries, count(*) filter (where split is not null) as crossing from billing.credit_transactions",
  );
  expect(rows[0].expiries).toBeGreaterThan(0); // else the run has not shown what it should
  expect(rows[0].crossing).toBeGreaterThan(0);
});

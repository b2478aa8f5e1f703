// A year of a monthly subscriber on a moved clock: the sandbox renews, signs and delivers, the function applies.
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";

const end = new Date("2027-01-31T09:59:59Z");
let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-01-31T10:00:00Z"));
});
afterAll(() => shop.close());

test("case 51: a year of a monthly plan grants twelve times, and a paying customer is never without credits", async () => {
  const user = await shop.db.newUser();
  const customer = (await shop.account.stripe.customers.create({ metadata: { account_id: user } })).id;
  await shop.account.buy(user, customer, "professional_month");
  await shop.account.runDue();

  const totals: number[] = [];
  for (let due = await shop.account.nextDue(); due && due <= end; due = await shop.account.nextDue()) {
    await shop.moveTo(due);
    totals.push((await verbsOf(shop.db).credits(user)).total);
  }
  await shop.moveTo(end);

  const { rows } = await shop.db.query<{ starts: Date; ends: Date; credits: number }>(
    `select created_at as starts, period_ends_at as ends, granted_credits as credits from billing.buckets
     where account_id = $1 order by id`,
    [user],
  );
  expect(rows).toHaveLength(12);
  expect(rows.every((bucket) => bucket.credits === 1000)).toBe(true);
  // Counted from the 31st: 28 February does not make it the 28th for good.
  const days = rows.map((bucket) => bucket.ends.toISOString().slice(0, 10));
  expect(days.slice(0, 3)).toEqual(["2026-02-28", "2026-03-31", "2026-04-30"]);
  expect(days.at(-1)).toBe("2027-01-31");
  expect(totals.length).toBeGreaterThan(12);
  expect(Math.min(...totals)).toBeGreaterThanOrEqual(1000);
  expect((await verbsOf(shop.db).credits(user)).total).toBe(1000);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 60_000);

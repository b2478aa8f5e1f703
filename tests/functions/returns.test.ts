// Money that goes back, from the sandbox through the function to the credits.
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";

let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-03-01T10:00:00Z"));
});
afterAll(() => shop.close());

/** Somebody who bought a pack of 1,000 credits for $9 with this card. */
async function buyer(card?: string) {
  const user = await shop.db.newUser();
  const customer = (await shop.account.stripe.customers.create({ metadata: { account_id: user } })).id;
  const session = await shop.account.buy(user, customer, "credits_1000", card);
  await shop.account.runDue();
  const { payment_intent } = await shop.account.stripe.checkout.sessions.retrieve(session);
  return {
    user,
    intent: String(payment_intent),
    total: async () => (await verbsOf(shop.db).credits(user)).total,
    payment: () =>
      shop.db.one("select status, refunded_cents from get_payments($1) where kind = 'pack'", [user]),
  };
}

test("case 41: refunds in parts take back the credits in proportion, together all of them", async () => {
  const { intent, total, payment } = await buyer();
  expect(await total()).toBe(1100);
  await shop.account.stripe.refunds.create({ payment_intent: intent, amount: 300 });
  await shop.secondsLater(1);
  expect(await total()).toBe(767);
  expect(await payment()).toEqual({ status: "partially_refunded", refunded_cents: 300 });
  await shop.account.stripe.refunds.create({ payment_intent: intent });
  await shop.secondsLater(1);
  expect(await total()).toBe(100);
  expect(await payment()).toEqual({ status: "refunded", refunded_cents: 900 });
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("case 43: a refund that fails later gives the credits back", async () => {
  const { intent, total, payment } = await buyer("4000000000005126");
  await shop.account.stripe.refunds.create({ payment_intent: intent });
  await shop.secondsLater(1);
  expect(await total()).toBe(100);
  await shop.secondsLater(61);
  expect(await total()).toBe(1100);
  expect(await payment()).toEqual({ status: "paid", refunded_cents: 0 });
});

test("case 42: what was spent of a refunded pack is owed, and the next paid credits pay it", async () => {
  const { user, intent, total } = await buyer();
  await verbsOf(shop.db).deduct(user, 600, "task");
  await shop.account.stripe.refunds.create({ payment_intent: intent });
  await shop.secondsLater(1);
  const debt = () => shop.db.one("select debt_credits from get_billing_overview($1)", [user]);
  expect([await total(), await debt()]).toEqual([0, { debt_credits: 500 }]);
});

test.each([
  ["lost", "losing_evidence", 100, "refunded"],
  ["won", "winning_evidence", 1100, "paid"],
])("a dispute freezes, and when it is %s that decides", async (_, evidence, left, status) => {
  const { intent, total, payment } = await buyer("4000000000000259");
  await shop.secondsLater(61);
  expect(await total()).toBe(100);
  expect(await payment()).toMatchObject({ status: "disputed" });
  const [dispute] = (await shop.account.stripe.disputes.list({ payment_intent: intent })).data;
  await shop.account.stripe.disputes.update(dispute?.id ?? "", {
    evidence: { uncategorized_text: evidence },
  });
  await shop.secondsLater(61);
  expect(await total()).toBe(left);
  expect(await payment()).toMatchObject({ status });
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("case 44: a refund and a lost dispute of one payment take back together what it granted", async () => {
  const { intent, total, payment } = await buyer("4000000000000259");
  await shop.account.stripe.refunds.create({ payment_intent: intent, amount: 400 });
  await shop.secondsLater(61);
  const [dispute] = (await shop.account.stripe.disputes.list({ payment_intent: intent })).data;
  await shop.account.stripe.disputes.close(dispute?.id ?? "");
  await shop.secondsLater(1);
  expect(await total()).toBe(100);
  expect(await payment()).toMatchObject({ status: "refunded" });
  expect(await problemsOf(shop.db)).toEqual([]);
});

test("an inquiry touches no credits", async () => {
  const { total, payment } = await buyer("4000000000001976");
  await shop.secondsLater(61);
  expect(await total()).toBe(1100);
  expect(await payment()).toEqual({ status: "paid", refunded_cents: 0 });
});

// What people tell Stripe stays there: a marked person buys, disputes and is refunded, and nothing of the mark is kept.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { TestDb } from "../support/db";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";

const mark = "Marked4711";
const card = "4000000000000259"; // each of its payments is disputed
let shop: DeliveringAccount;
beforeAll(async () => {
  shop = await openDeliveringAccount(new Date("2026-01-10T10:00:00Z"));
});
afterAll(() => shop.close());

/** Every row of every table of the schema, as one text: whoever adds a column is covered. */
async function everything(db: TestDb) {
  const { rows: tables } = await db.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'billing'",
  );
  const texts = tables.map(({ name }) => db.query(`select t::text from ${name} t`));
  return JSON.stringify((await Promise.all(texts)).map(({ rows }) => rows));
}

test("no personal data reaches the tables or the log, though card, name and e-mail did reach Stripe", async () => {
  const { db, account } = shop;
  const user = await db.newUser();
  const customer = await account.stripe.customers.create({
    name: `${mark} Name`,
    email: `${mark}@example.com`,
    phone: `+1 ${mark}`,
    description: `${mark} description`,
    metadata: { account_id: user, note: mark },
  });
  await account.buy(user, customer.id, "professional_month", card);
  await account.runDue();
  await shop.secondsLater(120);
  const [dispute] = (await account.stripe.disputes.list({ limit: 1 })).data;
  if (!dispute) throw new Error("nothing was disputed");
  await account.stripe.disputes.update(dispute.id, {
    evidence: { uncategorized_text: "winning_evidence", customer_name: `${mark} Evidence` },
  });
  await shop.secondsLater(120);
  const [charge] = (await account.stripe.charges.list({ customer: customer.id, limit: 1 })).data;
  await account.stripe.refunds.create({ charge: charge?.id, amount: 500, metadata: { note: mark } });
  await account.stripe.customers.update(customer.id, { name: `${mark} Again` });
  await account.runDue();

  const events = await Array.fromAsync(account.stripe.events.list({ limit: 100 }));
  expect(JSON.stringify(events)).toContain(mark);
  const kept = await everything(db);
  expect(kept).toContain(customer.id);
  expect(kept).toContain("professional_month@1");
  const fingerprint = String(charge?.payment_method_details?.card?.fingerprint);
  for (const secret of [mark, card, card.slice(-8), "12/40", fingerprint]) expect(kept).not.toContain(secret);
  const log = JSON.stringify(vi.mocked(console.log).mock.calls);
  expect(log).toContain("charge.dispute");
  for (const secret of [mark, customer.id, card.slice(-4)]) expect(log).not.toContain(secret);
}, 60_000);

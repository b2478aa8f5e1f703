// Reconciliations that were cut off, and that go on under another key or after what they stood at is gone.
import { afterAll, beforeAll, expect, test } from "vitest";
import { verbsOf } from "../support/verbs";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { ownerOf, type WithOwner, withOwner } from "./owner";
import { openStripeAccount } from "./stripe-account";

let shop: WithOwner<DeliveringAccount>;
let user: string;
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
  ({ user } = await shop.buyer("credits_500"));
});
afterAll(() => shop.close());

const standAt = (step: string, place: string) =>
  shop.db.query("update billing.reconciliations set step = $1, place = $2 where finished_at is null", [
    step,
    place,
  ]);

test.each([
  ["customer, of Stripe", "cus_gone"],
  ["event", "evt_gone"],
])("a walk that was cut off at %s goes on when that is gone from Stripe", async (step, place) => {
  await shop.owner.reconcilePages(1);
  await standAt(step, place);
  expect(await shop.owner.reconcile()).toEqual([]);
  expect(await shop.db.one("select count(*) from billing.reconciliations where finished_at is null")).toEqual(
    {
      count: 0,
    },
  );
});

test("nothing is fixed with the key of an account that has none of the customers", async () => {
  await shop.db.query("update billing.payments set status = 'failed' where account_id = $1", [user]);
  const [finding] = await shop.owner.reconcile();
  expect(finding).toMatchObject({ kind: "payment_differs" });
  const other = await openStripeAccount(shop.db, { now: shop.now });
  try {
    const stranger = ownerOf(shop.db, other.url);
    await expect(stranger.fix()).rejects.toThrow("the key is of an account that has none of the customers");
  } finally {
    await other.close();
  }
  expect(await shop.owner.findings()).toEqual([finding]);
  expect(await shop.owner.fix()).toBe(1);
  expect((await verbsOf(shop.db).credits(user)).total).toBe(600);
});

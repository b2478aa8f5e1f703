import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPortal } from "@/lib/billing/open-portal";
import { startCheckout } from "@/lib/billing/start-checkout";
import { sandboxKeys } from "../../local/keys.ts";
import { openStripeAccount, type StripeAccount } from "../functions/stripe-account";
import { turnOff } from "../stripe/portal-features.ts";
import { type TestApp, testApp } from "../support/app";

vi.mock("next/headers", () => import("../support/cookies"));

let app: TestApp;
let account: StripeAccount;
beforeAll(async () => {
  app = await testApp();
  account = await openStripeAccount(app.db);
  vi.stubEnv("STRIPE_SECRET_KEY", sandboxKeys.secret);
  vi.stubEnv("STRIPE_API_BASE", account.url);
});
afterAll(async () => {
  await account.close();
  await app.close();
});

const checkOut = () => startCheckout({ lookup_key: "professional_month" }, "one-showing");

test("an account whose customer has just been deleted checks out as another one", async () => {
  await app.signUp();
  await checkOut();
  const { id } = await app.db.one<{ id: string }>("select id from billing.customers");
  expect((await account.stripe.customers.del(id)).deleted).toBe(true);
  await app.db.query(
    `select apply_object('customer', 'evt_1', 'customer.deleted', now(), null, 'sha', 1, $1)`,
    [{ customer: id, deleted: true }],
  );
  await checkOut();
  const { rows } = await app.db.query("select is_in_force from billing.customers order by created_at");
  expect(rows).toEqual([{ is_in_force: false }, { is_in_force: true }]);
});

test("the portal opens at its front, or at a new card where its configuration lets that be", async () => {
  await app.signUp();
  await checkOut();
  const pathOf = async (page?: "card") => new URL((await openPortal(page)).url).pathname;
  expect(await pathOf()).toMatch(/^\/portal\/bps_\w+$/);
  expect(await pathOf("card")).toMatch(/^\/portal\/bps_\w+\/methods$/);
  await turnOff(account.stateUrl, "payment_method_update");
  expect(await pathOf("card")).toMatch(/^\/portal\/bps_\w+$/);
});

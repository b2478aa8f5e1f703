import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startCheckout } from "@/lib/billing/start-checkout";
import { startTrial } from "@/lib/billing/start-trial";
import { sandboxKeys } from "../../local/keys.ts";
import { openStripeAccount, type StripeAccount } from "../functions/stripe-account";
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

test("a plan that is chosen during a trial is first charged at its end, to the second", async () => {
  await app.signUp();
  const trial = await startTrial();
  const { url } = await checkOut();
  await account.pay(new URL(url).pathname);
  const [subscription] = (await account.stripe.subscriptions.list({ status: "trialing" })).data;
  expect(subscription?.trial_end).toBe(Date.parse(trial.endsAt) / 1000);
});

test("with less left than Stripe asks for it is charged at once", async () => {
  await app.signUp();
  await startTrial();
  await app.db.query("update billing.trials set ends_at = (now() + '48 hours 4 minutes')::timestamptz(0)");
  const { url } = await checkOut();
  expect(await sessionAt(url)).toMatchObject({ amount_total: 2999 });
});

test("a trial that was used before is refused with what can be done instead", async () => {
  await app.signUp();
  await startTrial();
  await app.db.query("delete from billing.trials");
  await expect(startTrial()).rejects.toMatchObject({
    kind: "conflict",
    message: /used before.*choose a plan/,
  });
});

const sessionAt = (url: string) =>
  account.stripe.checkout.sessions.retrieve(new URL(url).pathname.split("/").at(-1) ?? "");

import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { getCheckout } from "@/lib/billing/get-checkout";
import { openPortal } from "@/lib/billing/open-portal";
import { startCheckout } from "@/lib/billing/start-checkout";
import { startTrial } from "@/lib/billing/start-trial";
import { turnOff } from "../stripe/portal-features.ts";
import { type SellingApp, sellingApp } from "./selling-app";

vi.mock("next/headers", () => import("../support/cookies"));

let app: SellingApp;
beforeAll(async () => {
  app = await sellingApp();
});
afterAll(() => app.close());

const checkOut = () => startCheckout({ lookup_key: "professional_month" }, "one-showing");

test("an account whose customer has just been deleted checks out as another one", async () => {
  await app.signUp();
  await checkOut();
  const { id } = await app.db.one<{ id: string }>("select id from billing.customers");
  expect((await app.account.stripe.customers.del(id)).deleted).toBe(true);
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
  await app.account.pay(new URL(url).pathname);
  const [subscription] = (await app.account.stripe.subscriptions.list({ status: "trialing" })).data;
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

test("case 75: what is paid is confirmed by its webhook alone, and told to nobody else", async () => {
  await app.signUp();
  const { id: user } = await getUserOrThrow();
  const { url } = await checkOut();
  const { id } = await sessionAt(url);
  expect(await getCheckout(user, id)).toEqual({ is: "open", url });
  await app.account.pay(new URL(url).pathname);
  expect(await getCheckout(user, id)).toEqual({ is: "confirming" });
  await app.signUp();
  const { id: stranger } = await getUserOrThrow();
  for (const asked of [id, "cs_test_forged", "../customers/cus_1", undefined])
    expect(await getCheckout(stranger, asked)).toBeNull();
});

const sessionAt = (url: string) => app.account.stripe.checkout.sessions.retrieve(sessionOf(url));
const sessionOf = (url: string) => new URL(url).pathname.split("/").at(-1) ?? "";

test("promotion codes and tax are asked for as the owner has set it, and by nothing that the visitor sends", async () => {
  await app.signUp();
  const settings = (value: boolean) =>
    app.db.query(
      "update billing.settings set allow_promotion_codes = $1, automatic_tax = $1, collect_tax_ids = $1",
      [value],
    );
  const asked = async (intent: string) => {
    await startCheckout({ lookup_key: "basic_month" }, intent);
    const [session] = (await app.account.stripe.checkout.sessions.list({ limit: 1 })).data;
    const { allow_promotion_codes, automatic_tax, tax_id_collection, billing_address_collection } =
      session ?? {};
    return [
      allow_promotion_codes,
      automatic_tax?.enabled,
      tax_id_collection?.enabled,
      billing_address_collection,
    ];
  };
  expect(await asked("first-showing")).toEqual([null, false, undefined, null]);
  await settings(true);
  expect(await asked("second-showing")).toEqual([true, true, true, "required"]);
  await settings(false);
});

test("the portal opens at its front, or at a new card where its configuration lets that be", async () => {
  await app.signUp();
  await checkOut();
  const pathOf = async (page?: "card") => new URL((await openPortal(page)).url).pathname;
  expect(await pathOf()).toMatch(/^\/portal\/bps_\w+$/);
  expect(await pathOf("card")).toMatch(/^\/portal\/bps_\w+\/methods$/);
  await turnOff(app.account.stateUrl, "payment_method_update");
  expect(await pathOf("card")).toMatch(/^\/portal\/bps_\w+$/);
});

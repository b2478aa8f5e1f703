import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { chooseCurrency } from "@/lib/billing/currency";
import { findOffer } from "@/lib/billing/find-offer";
import { getCatalog } from "@/lib/billing/get-catalog";
import { openPortal } from "@/lib/billing/open-portal";
import { startCheckout } from "@/lib/billing/start-checkout";
import { stripe } from "@/lib/stripe";
import { jar, openNewBrowser, sent } from "../support/cookies";
import { type SellingApp, sellingApp } from "./selling-app";

vi.mock("next/headers", () => import("../support/cookies"));

let app: SellingApp;
beforeAll(async () => {
  app = await sellingApp();
});
afterAll(() => app.close());
beforeEach(openNewBrowser);

const shown = async () => (await getCatalog()).currency;
const pay = (currency: string) =>
  app.db.query(
    `insert into billing.payments (account_id, key, kind, status, description, amount_cents, currency, created_at,
       ticket)
     select id, 'checkout:cs_1', 'pack', 'paid', 'Pack', 475, $1, now(), 1
     from auth.users order by created_at desc limit 1`,
    [currency],
  );

test("a visitor sees the currency of the country: as the host says, else as the browser does, else dollars", async () => {
  expect(await shown()).toBe("usd");
  sent.set("accept-language", "en-GB,en;q=0.9");
  expect(await shown()).toBe("gbp");
  sent.set("x-vercel-ip-country", "DE");
  expect(await shown()).toBe("eur");
  sent.set("x-vercel-ip-country", "JP");
  expect(await shown()).toBe("usd");
});

test("one currency is shown, of plans and packs alike, and the others are named", async () => {
  sent.set("cf-ipcountry", "FR");
  const { plans, packs, currencies } = await getCatalog();
  const prices = plans.flatMap((plan) => plan.prices);
  expect([prices.length, packs.length]).toEqual([4, 4]);
  expect(new Set([...prices, ...packs].map(({ currency }) => currency))).toEqual(new Set(["eur"]));
  expect(plans.map(({ key }) => key)).toContain("free");
  expect(currencies).toEqual(["eur", "gbp", "usd"]);
});

test("a visitor's choice is kept in the browser and outlasts a journey; what is no choice is refused", async () => {
  await chooseCurrency({ currency: "gbp" });
  sent.set("x-vercel-ip-country", "DE");
  expect(await shown()).toBe("gbp");
  jar.set("currency", "chf");
  expect(await shown()).toBe("eur");
  for (const wrong of [{ currency: "EURO" }, { currency: "eur", price: 1 }, {}])
    await expect(chooseCurrency(wrong)).rejects.toMatchObject({ kind: "invalid" });
});

test("an account's choice is kept in the account, on every device", async () => {
  await app.signUp();
  await chooseCurrency({ currency: "gbp" });
  jar.delete("currency");
  sent.set("x-vercel-ip-country", "DE");
  expect(await shown()).toBe("gbp");
  await expect(chooseCurrency({ currency: "chf" })).rejects.toMatchObject({ status: 409 });
});

test("whoever has paid stays in that currency, and buys in no other", async () => {
  await app.signUp();
  await pay("eur");
  jar.set("currency", "gbp");
  expect(await getCatalog()).toMatchObject({ currency: "eur", isCurrencyFixed: true });
  await expect(chooseCurrency({ currency: "gbp" })).rejects.toMatchObject({ status: 409 });
  await expect(startCheckout({ lookup_key: "basic_month" }, "one-showing")).rejects.toMatchObject({
    status: 409,
  });
  const { url } = await startCheckout({ lookup_key: "basic_month_eur" }, "one-showing");
  const [session] = (await app.account.stripe.checkout.sessions.list({ limit: 1 })).data;
  expect(session).toMatchObject({ url, currency: "eur", amount_total: 949 });
});

test("the portal is the one with the plans of the account's currency", async () => {
  await app.signUp();
  await chooseCurrency({ currency: "gbp" });
  await startCheckout({ lookup_key: "basic_month_gbp" }, "one-showing");
  const create = vi.spyOn(stripe().billingPortal.sessions, "create");
  await openPortal();
  const [asked] = create.mock.lastCall ?? [];
  const { data } = await app.account.stripe.billingPortal.configurations.list();
  expect(data.find((one) => one.id === asked?.configuration)?.metadata).toMatchObject({
    coffer_portal: "gbp",
  });
});

test("an offer that a link names is found in any currency; a custom plan by its account alone", async () => {
  await app.signUp();
  const { id: ada } = await getUserOrThrow();
  expect(await findOffer(ada, "basic_month_eur")).toMatchObject({ name: "Basic" });
  await app.db.query(
    `select offer_custom_plan((select id from auth.users order by created_at desc limit 1), 'acme', 'Acme', 20000,
       49900, 'agreed', currency => 'eur')`,
  );
  expect((await getCatalog()).plans.filter(({ isCustom }) => isCustom)).toMatchObject([
    { name: "Acme", prices: [{ lookupKey: "custom_acme_month", currency: "eur" }] },
  ]);
  expect(await findOffer(ada, "custom_acme_month")).toMatchObject({ name: "Acme" });
  await expect(startCheckout({ lookup_key: "custom_acme_month" }, "one-showing")).rejects.toMatchObject({
    kind: "unavailable",
  });
  await app.signUp();
  const { id: bob } = await getUserOrThrow();
  expect(await findOffer(bob, "custom_acme_month")).toBeNull();
  await expect(startCheckout({ lookup_key: "custom_acme_month" }, "one-showing")).rejects.toMatchObject({
    status: 404,
  });
});

// What the Billing tab asks of the server about automatic top-ups.
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmTopup } from "@/lib/billing/confirm-topup";
import { getAutoTopup } from "@/lib/billing/get-auto-topup";
import { setAutoTopup } from "@/lib/billing/set-auto-topup";
import { type SellingApp, sellingApp } from "./selling-app";

vi.mock("next/headers", () => import("../support/cookies"));

let app: SellingApp;
beforeAll(async () => {
  app = await sellingApp();
});
afterAll(() => app.close());

const settings = {
  is_enabled: "on",
  threshold_credits: "200",
  lookup_key: "credits_500",
  monthly_cap_cents: "1000",
  payment_method: "",
};

let events = 0;
const tell = (noun: string, facts: object) =>
  app.db.query("select apply_object($1, $2, 'x', now(), null, 'sha', $3, $4)", [
    noun,
    `evt_${++events}`,
    events,
    facts,
  ]);

/** Signed in, with a plan and this card for it. */
async function subscriber(token: string) {
  await app.signUp();
  const { id } = await app.db.one<{ id: string }>(
    "select id from auth.users order by created_at desc limit 1",
  );
  const { id: customer } = await app.account.stripe.customers.create({ metadata: { account_id: id } });
  const { id: card } = await app.account.stripe.paymentMethods.attach(token, { customer });
  await app.db.query("select link_customer($1, $2)", [id, customer]);
  await tell("payment_method", { id: card, customer, type: "card", is_attached: true });
  const item = {
    id: "si_1",
    price: "basic_month@1",
    quantity: 1,
    period_start: new Date(),
    period_end: "2100-01-01",
  };
  const plan = { id: `sub_${id}`, status: "active", customer, created: new Date(), items: [item] };
  await tell("subscription", { ...plan, default_payment_method: card });
  return { id, customer, card };
}

test("what was agreed to is shown, and switched off it is kept", async () => {
  await subscriber("pm_card_visa");
  expect(await getAutoTopup()).toMatchObject({
    isOn: false,
    reason: "switched_off",
    capCents: null,
    last: null,
  });
  await setAutoTopup(settings);
  const { packs, ...shown } = await getAutoTopup();
  expect(shown).toMatchObject({ isOn: true, reason: null, thresholdCredits: 200, capCents: 1000 });
  expect(packs.find(({ lookupKey }) => lookupKey === shown.lookupKey)?.capsCents).toContain(1000);
  await setAutoTopup({ is_enabled: "off" });
  expect(await getAutoTopup()).toMatchObject({ isOn: false, thresholdCredits: 200, capCents: 1000 });
});

test.each([
  ["a price", { ...settings, price_cents: "1" }, "invalid"],
  ["half a form", { is_enabled: "on" }, "invalid"],
  ["a limit below the pack's price", { ...settings, monthly_cap_cents: "499" }, "invalid"],
  ["a pack that is not sold", { ...settings, lookup_key: "credits_none" }, "unknown"],
  ["a card of somebody else", { ...settings, payment_method: "pm_of_another" }, "conflict"],
])("%s is refused", async (_, form, kind) => {
  await expect(setAutoTopup(form)).rejects.toMatchObject({ kind });
});

test("who is asked by the bank is led to it, for the very payment that waits", async () => {
  await expect(confirmTopup()).rejects.toMatchObject({ kind: "unknown" });
  const { id, customer, card } = await subscriber("pm_card_authenticationRequired");
  await setAutoTopup(settings);
  const [claim] = (await app.db.query("select pack_key, amount_cents from claim_topups()")).rows;
  const refusal = app.account.stripe.paymentIntents.create({
    ...{ amount: Number(claim?.amount_cents), currency: "usd", customer, payment_method: card },
    ...{ confirm: true, off_session: true, metadata: { pack: String(claim?.pack_key), topup: "1" } },
  });
  await expect(refusal).rejects.toMatchObject({ code: "authentication_required" });
  const [payment] = (await app.account.stripe.paymentIntents.list({ customer })).data;
  await tell("payment_intent", {
    payment_intent: payment?.id,
    payment_intent_status: payment?.status,
    payment_error: payment?.last_payment_error?.code,
    ...{ customer, account_id: id, pack: claim?.pack_key, topup: "1", amount: 500, amount_received: 0 },
    ...{ currency: "usd", created: new Date() },
  });
  expect(await getAutoTopup()).toMatchObject({ reason: "needs_action", last: { state: "needs_action" } });
  const url = `${app.account.url}/3ds/${payment?.id}`;
  expect(await confirmTopup()).toEqual({ url });
  expect(await confirmTopup()).toEqual({ url }); // he came back, and clicks again
});

// What a customer does in the portal comes as any other change does: by the webhook, and nothing differs afterwards.
import { afterAll, beforeAll, expect, test } from "vitest";
import { problemsOf } from "../support/books";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

const day = 86_400;
const realFetch = globalThis.fetch;
let shop: WithOwner<DeliveringAccount>;
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
});
afterAll(() => shop.close());

test("plan, card, ending and taking it back reach the tables, an address and a tax id do not", async () => {
  const { stripe } = shop.account;
  const { user, customer } = await shop.buyer("basic_month");
  const portal = await stripe.billingPortal.sessions.create({ customer });
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  const own = `${portal.url}/${subscription?.id}`;
  const act = async (address: string, form: Record<string, string> = {}) => {
    const body = new URLSearchParams(form);
    const answer = await realFetch(address, { method: "POST", body, redirect: "manual" });
    expect(answer.status, await answer.text()).toBe(303);
    await shop.account.runDue();
  };
  const change = async (lookupKey: string) =>
    act(`${own}/change/${(await stripe.prices.list({ lookup_keys: [lookupKey] })).data[0]?.id}`);
  const plan = () =>
    shop.db.one(
      `select s.status, s.price_key, s.cancel_at is not null as is_ending, m.last4, m.brand
       from billing.subscriptions s join billing.payment_methods m on m.id = s.default_payment_method
       where s.account_id = $1`,
      [user],
    );
  const credits = () => shop.db.one("select subscription_credits as left from get_user_credits($1)", [user]);

  await shop.secondsLater(15 * day);
  await change("professional_month");
  expect(await plan()).toMatchObject({ status: "active", price_key: "professional_month@1" });
  const prorated = Math.floor(1000 * (16 / 31)) - Math.floor(300 * (16 / 31)); // for 16 of the 31 days
  expect(await credits()).toEqual({ left: 300 + prorated });

  await act(`${portal.url}/methods`, { number: "5555555555554444", expiry: "12 / 34", cvc: "123" });
  expect(await plan()).toMatchObject({ brand: "mastercard", last4: "4444" });
  await act(`${own}/cancel`, { feedback: "too_expensive" });
  expect(await plan()).toMatchObject({ is_ending: true });
  await act(`${own}/resume`);
  expect(await plan()).toMatchObject({ is_ending: false });

  const address = { name: "Marked4711", email: "ada@example.com", line1: "Marked4711", country: "FR" };
  await act(`${portal.url}/details`, address);
  await act(`${portal.url}/details/tax`, { tax_type: "eu_vat", tax_value: "FR12345678901" });
  const { rows } = await shop.db.query("select facts::text from billing.stripe_events");
  expect(JSON.stringify(rows)).not.toMatch(/Marked4711|FR12345678901/);

  await act(`${own}/pause`);
  expect(await plan()).toMatchObject({ status: "paused" });
  await act(`${own}/unpause`);
  await change("basic_month"); // from the next period on
  expect(await plan()).toMatchObject({ status: "active", price_key: "professional_month@1" });
  await shop.secondsLater(32 * day);
  expect(await plan()).toMatchObject({ status: "active", price_key: "basic_month@1" });
  expect(await shop.owner.reconcile()).toEqual([]);
  expect(await problemsOf(shop.db)).toEqual([]);
}, 60_000);

// A reconciliation that cries wolf is worse than none: whatever happens at Stripe, once its events have come nothing differs.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { soldPrice } from "../../supabase/functions/_shared/sold-price.ts";
import { type DeliveringAccount, openDeliveringAccount } from "./delivering-account";
import { type WithOwner, withOwner } from "./owner";

const day = 86_400;
let shop: WithOwner<DeliveringAccount>;
let buyer: { user: string; customer: string; plan: string; item: string };
beforeAll(async () => {
  shop = await withOwner(openDeliveringAccount(new Date("2026-03-01T10:00:00Z")));
});
beforeEach(async () => {
  const user = await shop.db.newUser();
  const { stripe, buy } = shop.account;
  const { id: customer } = await stripe.customers.create({ metadata: { account_id: user } });
  await buy(user, customer, "basic_month", "4000000000000341"); // pays now, and fails at the renewal
  await shop.account.runDue();
  const [subscription] = (await stripe.subscriptions.list({ customer })).data;
  const [item] = subscription?.items.data ?? [];
  if (!subscription || !item) throw new Error("no plan");
  buyer = { user, customer, plan: subscription.id, item: item.id };
});
afterAll(() => shop.close());

async function priceOf(lookupKey: string) {
  const price = await soldPrice(shop.account.stripe, lookupKey);
  if (!price) throw new Error(`${lookupKey} is not sold`);
  return price.id;
}

async function expectNoDifference(seconds: number) {
  await shop.secondsLater(seconds);
  expect(await shop.owner.reconcile()).toEqual([]);
}

test("a plan is paused and resumed", async () => {
  await shop.secondsLater(5 * day);
  await shop.account.stripe.subscriptions.pause(buyer.plan);
  await expectNoDifference(3 * day);
  await shop.account.stripe.subscriptions.resume(buyer.plan);
  await expectNoDifference(10 * day);
}, 60_000);

test("a plan is changed in the middle of its month", async () => {
  await shop.secondsLater(9 * day);
  const items = [{ id: buyer.item, price: await priceOf("professional_month") }];
  await shop.account.stripe.subscriptions.update(buyer.plan, { items });
  await expectNoDifference(40 * day);
}, 60_000);

test("a renewal fails, the plan is cancelled by hand, and its invoice voided", async () => {
  const { stripe } = shop.account;
  await expectNoDifference(33 * day);
  await stripe.subscriptions.cancel(buyer.plan);
  await expectNoDifference(1); // Stripe tries the invoice no more, and tells of it by no event that has an effect
  for (const { id } of (await stripe.invoices.list({ customer: buyer.customer, status: "open" })).data)
    await stripe.invoices.voidInvoice(id ?? "");
  await expectNoDifference(1);
}, 60_000);

test("cards are attached, chosen, renewed by hand and detached", async () => {
  const { stripe } = shop.account;
  const { customer, plan } = buyer;
  const [old] = (await stripe.customers.listPaymentMethods(customer)).data;
  const { id: card } = await stripe.paymentMethods.attach("pm_card_mastercard", { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } });
  await stripe.subscriptions.update(plan, { default_payment_method: card });
  await stripe.paymentMethods.detach(old?.id ?? "");
  await stripe.paymentMethods.update(card, { card: { exp_year: 2041 } });
  await expectNoDifference(1);
}, 60_000);

test("a session is left open, a top-up waits, another is cancelled", async () => {
  const { stripe } = shop.account;
  const { user, customer } = buyer;
  await stripe.checkout.sessions.create({
    customer,
    client_reference_id: user,
    line_items: [{ price: await priceOf("credits_500"), quantity: 1 }],
    success_url: "http://127.0.0.1/paid",
    mode: "payment",
  });
  const metadata = { pack: "credits_500@1", account_id: user };
  const topUp = () => stripe.paymentIntents.create({ amount: 500, currency: "usd", customer, metadata });
  await topUp();
  await stripe.paymentIntents.cancel((await topUp()).id);
  await expectNoDifference(1);
  await expectNoDifference(2 * day); // the session has expired
}, 60_000);

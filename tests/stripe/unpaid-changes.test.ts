import Stripe from "stripe";
import { expect, test } from "vitest";
import { amountsOf, day, june, lifeOf } from "./plans.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const pending = {
  proration_behavior: "always_invoice",
  payment_behavior: "pending_if_incomplete",
} as const;

/** A plan whose card fails, its upgrade asked for in the middle of June. */
async function asked() {
  const life = await lifeOf(sandbox(), "small", cards.failsLater);
  await life.to(june.half);
  return { ...life, updated: await life.change("big", { ...pending, metadata: { step: "up" } }) };
}

test("pending update: what is paid at once is not pending", async () => {
  const { change, to, prices, latest } = await lifeOf(sandbox());
  await to(june.half);
  const changed = await change("big", { ...pending, metadata: { step: "up" } });
  expect(changed).toMatchObject({ pending_update: null, items: { data: [{ price: { id: prices.big } }] } });
  expect(await latest()).toMatchObject({ status: "paid", total: 500 });
});

test("pending update: unpaid, the plan stays as it is and says what waits", async () => {
  const { updated, prices, latest } = await asked();
  expect(updated).toMatchObject({
    status: "active",
    metadata: { account_id: "account-1" },
    items: { data: [{ price: { id: prices.small } }] },
    pending_update: {
      expires_at: june.half + 23 * 3600,
      metadata: { step: "up" },
      subscription_items: [{ price: { id: prices.big } }],
    },
  });
  expect(await latest()).toMatchObject({ status: "open", total: 500, next_payment_attempt: null });
});

test("pending update: paid in time it is applied, and says so", async () => {
  const { to, read, prices, updated } = await asked();
  const { stripe, pay, deliveredBy } = sandbox();
  await to(june.half + 22 * 3600);
  const tried = stripe.invoices.pay(String(updated.latest_invoice), { off_session: true });
  await expect(tried).rejects.toMatchObject({ code: "card_declined" });
  expect(await read()).toMatchObject({ status: "active", pending_update: {} });
  const delivered = await deliveredBy(() => pay(`/invoice/${updated.latest_invoice}`));
  expect(delivered).toContain("customer.subscription.pending_update_applied");
  expect(await read()).toMatchObject({
    pending_update: null,
    metadata: { account_id: "account-1", step: "up" },
    items: { data: [{ price: { id: prices.big }, current_period_end: june.end }] },
  });
});

test("pending update: after 23 hours it is gone, its invoice void, and the next one is as if it had not been", async () => {
  const { to, read, prices, updated, latest, change } = await asked();
  const { stripe, deliveredBy } = sandbox();
  const delivered = await deliveredBy(() => to(june.half + 23 * 3600));
  expect(delivered).toEqual(
    expect.arrayContaining(["customer.subscription.pending_update_expired", "invoice.voided"]),
  );
  expect(await read()).toMatchObject({
    pending_update: null,
    status: "active",
    items: { data: [{ price: { id: prices.small } }] },
  });
  expect((await stripe.invoices.retrieve(String(updated.latest_invoice))).status).toBe("void");
  // What the void invoice has debited is not credited.
  await to(june.threeQuarters);
  await change("big", { proration_behavior: "always_invoice" });
  expect(amountsOf(await latest())).toEqual([-250, 500]);
});

test("pending update: another one takes its place", async () => {
  const { change, updated, prices, read } = await asked();
  const { stripe, pay } = sandbox();
  const again = await change("year", pending);
  expect((await stripe.invoices.retrieve(String(updated.latest_invoice))).status).toBe("void");
  expect(again.pending_update).toMatchObject({
    billing_cycle_anchor: june.half,
    subscription_items: [{ price: { id: prices.year } }],
  });
  await pay(`/invoice/${again.latest_invoice}`);
  expect(await read()).toMatchObject({
    billing_cycle_anchor: june.half,
    items: { data: [{ price: { id: prices.year } }] },
  });
});

test("pending update: with fields it does not hold it is refused by name", async () => {
  const { change } = await lifeOf(sandbox());
  await expect(change("big", { ...pending, description: "x" })).rejects.toMatchObject({
    param: "description",
  });
});

test("payment: a change that is not paid is made, past due, and tried again", async () => {
  const { change, latest, to, prices } = await lifeOf(sandbox(), "small", cards.failsLater);
  await to(june.half);
  const changed = await change("big", { proration_behavior: "always_invoice" });
  expect(changed).toMatchObject({ status: "past_due", items: { data: [{ price: { id: prices.big } }] } });
  expect(await latest()).toMatchObject({ status: "open", attempt_count: 1 });
  await to(june.half + 2 * day);
  expect(await latest()).toMatchObject({ attempt_count: 2 });
});

test("payment: with default_incomplete nothing is tried", async () => {
  const { change, latest, to, prices } = await lifeOf(sandbox());
  await to(june.half);
  const changed = await change("big", {
    proration_behavior: "always_invoice",
    payment_behavior: "default_incomplete",
  });
  expect(changed).toMatchObject({ status: "past_due", items: { data: [{ price: { id: prices.big } }] } });
  expect(await latest()).toMatchObject({ status: "open", attempted: false });
});

test("payment: with error_if_incomplete a change that is not paid was never made", async () => {
  const { stripe } = sandbox();
  const { id, change, to, read, prices } = await lifeOf(sandbox(), "small", cards.failsLater);
  await to(june.half);
  const refused = change("big", {
    proration_behavior: "always_invoice",
    payment_behavior: "error_if_incomplete",
  });
  await expect(refused).rejects.toThrow(Stripe.errors.StripeCardError);
  expect(await read()).toMatchObject({
    status: "active",
    items: { data: [{ price: { id: prices.small } }] },
  });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
});

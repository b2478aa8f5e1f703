import type Stripe from "stripe";
import { expect, test } from "vitest";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
type Given = Partial<Stripe.Checkout.SessionCreateParams>;

/** A session for a plan or a pack, with what a shop may add to it. */
async function open(lookupKey: string, given: Given) {
  const { stripe } = sandbox();
  const { id: customer } = await stripe.customers.create({ email: "ada@example.com" });
  const [price] = (await stripe.prices.list({ lookup_keys: [lookupKey], active: true })).data;
  return stripe.checkout.sessions.create({
    ...{ customer, mode: price?.recurring ? "subscription" : "payment" },
    line_items: [{ price: price?.id ?? "", quantity: 1 }],
    success_url: "http://127.0.0.1:21000/return",
    ...given,
  });
}
async function bought({ id }: Stripe.Checkout.Session) {
  const { stripe, pay } = sandbox();
  expect((await pay(id)).status).toBe(303);
  const expand = ["subscription.latest_invoice", "line_items"];
  const session = await stripe.checkout.sessions.retrieve(id, { expand });
  const subscription = session.subscription as Stripe.Subscription | null;
  return { session, subscription, invoice: subscription?.latest_invoice as Stripe.Invoice };
}
const coupon = (given: Stripe.CouponCreateParams) => sandbox().stripe.coupons.create(given);
/** The invoice of the next period. */
async function renewal(subscription: Stripe.Subscription | null) {
  const { stripe, moveTo } = sandbox();
  const id = subscription?.id ?? "";
  const end = (await stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_end ?? 0;
  await moveTo(new Date((end + 2 * 3600) * 1000).toISOString());
  const { latest_invoice } = await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] });
  return latest_invoice as Stripe.Invoice;
}

test("discounts: a percentage comes off the first invoice only, if it is once; the lines say the price", async () => {
  const { id } = await coupon({ percent_off: 20, duration: "once" });
  const { session, subscription, invoice } = await bought(
    await open("professional_month", { discounts: [{ coupon: id }] }),
  );
  expect(session).toMatchObject({ amount_subtotal: 2999, amount_total: 2399, payment_status: "paid" });
  expect(session.total_details).toMatchObject({ amount_discount: 600 });
  expect(invoice).toMatchObject({ subtotal: 2999, total: 2399, amount_paid: 2399 });
  expect(invoice.lines.data).toMatchObject([{ amount: 2999, discount_amounts: [{ amount: 600 }] }]);
  expect(await renewal(subscription)).toMatchObject({ total: 2999, discounts: [] });
});

test("discounts: a repeating one comes off for so many months, then no more", async () => {
  const { id } = await coupon({ percent_off: 50, duration: "repeating", duration_in_months: 2 });
  const { subscription, invoice } = await bought(
    await open("professional_month", { discounts: [{ coupon: id }] }),
  );
  const paid = [invoice.total, (await renewal(subscription)).total, (await renewal(subscription)).total];
  expect(paid).toEqual([1499, 1499, 2999]);
});

test("discounts: all of it leaves nothing to pay, and the line keeps its amount", async () => {
  const { id } = await coupon({ percent_off: 100, duration: "once" });
  expect((await sandbox().stripe.coupons.list()).data.map((listed) => listed.id)).toContain(id);
  const discounts = [{ coupon: id }];
  const { invoice } = await bought(await open("professional_month", { discounts }));
  expect(invoice).toMatchObject({ status: "paid", total: 0, lines: { data: [{ amount: 2999 }] } });
  const { session } = await bought(await open("credits_500", { discounts }));
  expect(session).toMatchObject({
    ...{ payment_status: "no_payment_required", payment_intent: null },
    ...{ amount_subtotal: 500, amount_total: 0 },
  });
});

test("discounts: a code is typed on the page; what is wrong, over or for another currency is not taken", async () => {
  const { stripe, publicUrl, pay } = sandbox();
  const type = (session: Stripe.Checkout.Session, code: string) =>
    fetch(`${publicUrl}/pay/${session.id}/code`, {
      ...{ method: "POST", body: new URLSearchParams({ code }), redirect: "manual" },
    });
  const promote = async (code: string, given: Stripe.CouponCreateParams) =>
    stripe.promotionCodes.create({
      ...{ code, promotion: { type: "coupon", coupon: (await coupon(given)).id }, max_redemptions: 1 },
    });
  await promote("SPRING", { amount_off: 200, currency: "usd" });
  await promote("LENZ", { amount_off: 200, currency: "eur" });
  const session = await open("credits_500", { allow_promotion_codes: true });
  expect((await type(session, "AUTUMN")).status).toBe(422);
  expect(await (await type(session, "LENZ")).text()).toContain("another currency");
  expect((await type(session, "spring")).status).toBe(303);
  expect(await (await fetch(`${publicUrl}/pay/${session.id}`)).text()).toContain("$3.00");
  await pay(session.id);
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
    ...{ amount_subtotal: 500, amount_total: 300, payment_status: "paid" },
  });
  expect((await stripe.promotionCodes.list({ code: "SPRING" })).data).toMatchObject([{ times_redeemed: 1 }]);
  expect((await type(await open("credits_500", { allow_promotion_codes: true }), "SPRING")).status).toBe(422);
  const without = await open("credits_500", {});
  await type(without, "SPRING");
  expect(await stripe.checkout.sessions.retrieve(without.id)).toMatchObject({ amount_total: 500 });
});

test("discounts: what a change of plan gives back is what was paid, and what it costs is reduced alike", async () => {
  const { stripe } = sandbox();
  const { id } = await coupon({ percent_off: 50, duration: "forever" });
  const { subscription } = await bought(await open("professional_month", { discounts: [{ coupon: id }] }));
  const [item] = subscription?.items.data ?? [];
  await stripe.subscriptions.update(subscription?.id ?? "", {
    ...{ items: [{ id: item?.id ?? "", quantity: 2 }], proration_behavior: "always_invoice" },
  });
  const [invoice] = (await stripe.invoices.list({ subscription: subscription?.id ?? "" })).data;
  expect(invoice?.lines.data.map(({ amount }) => amount).sort()).toEqual([-1499, 2999]);
  expect(invoice?.total).toBe(1500);
});

test("tax: it comes on top of a price without tax, on plans, renewals and packs, and is in one with it", async () => {
  const { stripe } = sandbox();
  const given: Given = {
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: "required",
    customer_update: { address: "auto", name: "auto" },
  };
  const { session, subscription, invoice } = await bought(await open("professional_month", given));
  expect(session).toMatchObject({ amount_subtotal: 2999, amount_total: 3299 });
  expect(session.automatic_tax).toMatchObject({ enabled: true, status: "complete" });
  expect(invoice).toMatchObject({
    subtotal: 2999,
    total: 3299,
    total_excluding_tax: 2999,
    amount_paid: 3299,
  });
  expect(invoice.total_taxes).toMatchObject([{ amount: 300, taxable_amount: 2999 }]);
  expect(await renewal(subscription)).toMatchObject({ total: 3299, automatic_tax: { status: "complete" } });
  const pack = await bought(await open("credits_500", given));
  expect(pack.session).toMatchObject({ amount_subtotal: 500, amount_total: 550 });
  const inclusive = await stripe.prices.create({
    ...{ product: "prod_pack_credits_500", currency: "usd", unit_amount: 1100, tax_behavior: "inclusive" },
    lookup_key: "with_tax",
  });
  const { session: other } = await bought(await open(inclusive.lookup_key ?? "", given));
  expect(other).toMatchObject({ amount_total: 1100, total_details: { amount_tax: 100 } });
});

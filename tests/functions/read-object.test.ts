import type Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { answer, openShop } from "./shop";
import { deliver as deliverTo } from "./webhook";

vi.spyOn(console, "log").mockImplementation(() => {});
let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.mend());
afterAll(() => shop.close());

const invoicePath = /^\/v1\/invoices\/in_\w+$/;
const subscriptionPath = /^\/v1\/subscriptions\/sub_\w+$/;

/** The facts that were taken from the object of this event. */
async function factsOf(event: Stripe.Event) {
  expect(await deliverTo(shop.handler, event)).toEqual(answer("applied"));
  const { rows } = await shop.db.query("select facts from billing.stripe_events where id = $1", [event.id]);
  return rows[0]?.facts;
}
const iso = (seconds = Number.NaN) => new Date(seconds * 1000).toISOString();

test("a session's facts are those of the contract", async () => {
  const { event, userId, customer } = await shop.buyer("credits_1000");
  expect(await factsOf(await event("checkout.session.completed"))).toEqual({
    id: expect.stringMatching(/^cs_/),
    mode: "payment",
    status: "complete",
    payment_status: "paid",
    customer,
    account_id: userId,
    pack: "credits_1000@1",
    price: null,
    quantity: 1,
    amount_subtotal: 900,
    amount_total: 900,
    currency: "usd",
    subscription: null,
    payment_intent: expect.stringMatching(/^pi_/),
    payment_intent_status: "succeeded",
    payment_error: null,
    created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
  });
});
test("a customer is not linked to whom a payment link names, for its visitor writes that; a guest's payment is theirs", async () => {
  const { event } = await shop.buyer("credits_500");
  const [victim, attacker] = [await shop.db.newUser(), "cus_attacker"];
  const completed = await event("checkout.session.completed");
  const changes = (customer: string | null) =>
    shop.changeAnswers<Stripe.Checkout.Session>(/^\/v1\/checkout\/sessions\/cs_\w+$/, (session) => ({
      ...session,
      customer,
      metadata: {},
      client_reference_id: victim,
    }));
  changes(attacker);
  expect(await deliverTo(shop.handler, completed)).toEqual(answer("parked"));
  const linked = "select count(*) from billing.customers where account_id = $1";
  expect(await shop.db.one(linked, [victim])).toEqual({ count: 0 });
  changes(null);
  expect((await factsOf(completed)).account_id).toBe(victim);
});

test("a refund whose status Stripe does not know yet is on its way", async () => {
  const { event, customer } = await shop.buyer("credits_500");
  await deliverTo(shop.handler, await event("checkout.session.completed"));
  const [charge] = (await shop.account.stripe.charges.list({ customer, limit: 1 })).data;
  await shop.account.stripe.refunds.create({ charge: charge?.id, amount: 100 });
  shop.changeAnswers<Stripe.Refund>(/^\/v1\/refunds\/re_\w+$/, (refund) => ({ ...refund, status: null }));
  const [created] = (await shop.account.stripe.events.list({ type: "refund.created", limit: 1 })).data;
  if (!created) throw new Error("no refund was told of");
  expect((await factsOf(created)).status).toBe("pending");
});

test("a subscription's facts are those of the contract", async () => {
  const { event, userId, customer, subscription } = await shop.buyer("basic_year");
  const { id, created, items } = await subscription();
  const item = items.data[0];
  expect(await factsOf(await event("customer.subscription.created"))).toEqual({
    id,
    status: "active",
    customer,
    account_id: userId,
    items: [
      {
        id: item?.id,
        price: "basic_year@1",
        quantity: 1,
        period_start: iso(item?.current_period_start),
        period_end: iso(item?.current_period_end),
      },
    ],
    cancel_at: null,
    canceled_at: null,
    ended_at: null,
    trial_start: null,
    trial_end: null,
    paused_at: null,
    scheduled: null,
    default_payment_method: expect.stringMatching(/^pm_/),
    fingerprint_sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    created: iso(created),
  });
});
test("an invoice's facts are those of the contract", async () => {
  const { event, userId, customer, subscription } = await shop.buyer("basic_month");
  const { id, items } = await subscription();
  const item = items.data[0];
  const [invoice] = (await shop.account.stripe.invoices.list({ customer })).data;
  expect(await factsOf(await event("invoice.paid"))).toEqual({
    id: invoice?.id,
    number: invoice?.number,
    status: "paid",
    billing_reason: "subscription_create",
    customer,
    account_id: userId,
    subscription: id,
    amount_paid: 999,
    amount_due: 999,
    amount_overpaid: 0,
    is_discounted: false,
    total: 999,
    currency: "usd",
    hosted_invoice_url: invoice?.hosted_invoice_url,
    invoice_pdf: invoice?.invoice_pdf,
    created: iso(invoice?.created),
    finalized_at: iso(invoice?.status_transitions.finalized_at ?? undefined),
    paid_at: iso(invoice?.status_transitions.paid_at ?? undefined),
    attempt_count: invoice?.attempt_count,
    next_payment_attempt: null,
    payment_intent: expect.stringMatching(/^pi_/),
    payment_intent_status: "succeeded",
    payment_error: null,
    lines: [
      {
        id: invoice?.lines.data[0]?.id,
        amount: 999,
        quantity: 1,
        price: "basic_month@1",
        period_start: iso(item?.current_period_start),
        period_end: iso(item?.current_period_end),
        proration: false,
        subscription_item: item?.id,
      },
    ],
  });
});

test("case 23: an invoice with more lines than it shows is read to the last line", async () => {
  const { event } = await shop.buyer("professional_month");
  shop.changeAnswers<Stripe.Invoice>(invoicePath, (invoice) => ({
    ...invoice,
    lines: { ...invoice.lines, data: [], has_more: true },
  }));
  expect((await factsOf(await event("invoice.paid"))).lines).toHaveLength(1);
});
test("each price is read once, however many lines name it", async () => {
  const { event } = await shop.buyer("professional_month");
  shop.changeAnswers<Stripe.Invoice>(invoicePath, (invoice) => {
    const free = invoice.lines.data.map((line) => ({ ...line, id: "il_free", amount: 0 }));
    return { ...invoice, lines: { ...invoice.lines, data: [...invoice.lines.data, ...free] } };
  });
  const change = shop.ways.toStripe;
  const paths: string[] = [];
  shop.ways.toStripe = (request) => {
    paths.push(new URL(request.url).pathname);
    return change(request);
  };
  expect((await factsOf(await event("invoice.paid"))).lines).toHaveLength(2);
  expect(paths.filter((path) => path.startsWith("/v1/prices/"))).toHaveLength(1);
});
test("a line that came from an invoice item says itself whether it is a proration", async () => {
  const { event } = await shop.buyer("professional_month");
  shop.changeAnswers<Stripe.Invoice>(invoicePath, (invoice) => {
    const parent = { type: "invoice_item_details", invoice_item_details: { proration: true } };
    const credit = invoice.lines.data.map((line) => ({ ...line, id: "il_credit", amount: -100, parent }));
    return { ...invoice, lines: { ...invoice.lines, data: [...invoice.lines.data, ...credit] } };
  });
  const { lines } = await factsOf(await event("invoice.paid"));
  expect(lines).toMatchObject([{ proration: false }, { proration: true, subscription_item: null }]);
});
test("of several payments of an invoice the one that paid it counts, not the first that was tried", async () => {
  const { event } = await shop.buyer("professional_month");
  shop.changeAnswers<Stripe.ApiList<Stripe.InvoicePayment>>(/^\/v1\/invoice_payments$/, (list) => {
    const payment = { type: "payment_intent", payment_intent: "pi_tried" };
    const tried = list.data.map((one) => ({ ...one, id: "inpay_tried", status: "canceled", payment }));
    return { ...list, data: [...tried, ...list.data] };
  });
  const { payment_intent } = await factsOf(await event("invoice.paid"));
  expect(payment_intent).toMatch(/^pi_(?!tried)/);
});
test("an invoice that was deleted is ignored, with the reason", async () => {
  const { event } = await shop.buyer("professional_month");
  const paid = await event("invoice.paid");
  shop.changeAnswers<Stripe.Invoice>(invoicePath, ({ id, object }) => ({ id, object, deleted: true }));
  expect(await deliverTo(shop.handler, paid)).toEqual(answer("ignored"));
  expect(await shop.inbox(paid.id)).toMatchObject({ state: "ignored", reason: "object_deleted" });
});

test("a plan that ends with its period ends then, whether Stripe says so by a date or by a flag", async () => {
  const { event, subscription } = await shop.buyer("professional_month");
  const end = iso((await subscription()).items.data[0]?.current_period_end);
  shop.changeAnswers<Stripe.Subscription>(subscriptionPath, (flagged) => ({
    ...flagged,
    cancel_at: null,
    cancel_at_period_end: true,
  }));
  expect((await factsOf(await event("customer.subscription.created"))).cancel_at).toBe(end);
  shop.mend();
  await shop.account.stripe.subscriptions.update((await subscription()).id, { cancel_at_period_end: true });
  expect((await factsOf(await event("customer.subscription.updated"))).cancel_at).toBe(end);
});
test("a reference is read by its id, expanded or not", async () => {
  const { event, customer } = await shop.buyer("professional_month");
  shop.changeAnswers<Stripe.Subscription>(subscriptionPath, (expanded) => ({ ...expanded, customer }));
  expect((await factsOf(await event("customer.subscription.created"))).customer).toBe(customer);
});

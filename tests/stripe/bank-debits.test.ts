import { expect, test } from "vitest";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const accounts = { pays: "000123456789", noFunds: "000222222227", silent: "000000000009" };

/** Opens a session and asks the customer's bank for the money. */
async function debit(lookupKey: string, account: string, routing = "110000000") {
  const { stripe, openSession, publicUrl } = sandbox();
  const { customer, session } = await openSession(lookupKey);
  const answer = await fetch(`${publicUrl}/pay/${session.id}`, {
    method: "POST",
    body: new URLSearchParams({ account, routing }),
    redirect: "manual",
  });
  return { customer, answer, session: await stripe.checkout.sessions.retrieve(session.id) };
}

async function subscriptionOf({ subscription }: Awaited<ReturnType<typeof debit>>["session"]) {
  return sandbox().stripe.subscriptions.retrieve(String(subscription), { expand: ["latest_invoice"] });
}

test("bank debit: a pack is complete and unpaid until the bank has answered, days later", async () => {
  const { stripe, deliveredBy, daysOn, publicUrl } = sandbox();
  const { session } = await debit("credits_500", accounts.pays);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  const payment = () =>
    stripe.paymentIntents.retrieve(String(session.payment_intent), { expand: ["latest_charge"] });
  expect(await payment()).toMatchObject({
    status: "processing",
    amount_received: 0,
    latest_charge: { status: "pending", paid: false, payment_method_details: { type: "us_bank_account" } },
  });
  expect(await (await fetch(`${publicUrl}/pay/${session.id}`)).text()).toContain("Your bank is asked");
  await expect(
    stripe.refunds.create({ payment_intent: String(session.payment_intent) }),
  ).rejects.toMatchObject({ statusCode: 400 });
  expect(await deliveredBy(() => daysOn(3))).toEqual([]);
  expect(await deliveredBy(() => daysOn(1))).toEqual([
    "payment_intent.succeeded",
    "checkout.session.async_payment_succeeded",
  ]);
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
  expect(await payment()).toMatchObject({
    status: "succeeded",
    amount_received: 500,
    latest_charge: { status: "succeeded", paid: true },
  });
});

test("bank debit: what fails later leaves the pack unpaid, with the bank's reason", async () => {
  const { stripe, deliveredBy, daysOn } = sandbox();
  const { session } = await debit("credits_500", accounts.noFunds);
  expect(await deliveredBy(() => daysOn(4))).toEqual([
    "payment_intent.payment_failed",
    "checkout.session.async_payment_failed",
  ]);
  const failed = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge"],
  });
  expect(failed).toMatchObject({
    status: "complete",
    payment_status: "unpaid",
    payment_intent: {
      status: "requires_payment_method",
      last_payment_error: { code: "insufficient_funds" },
      latest_charge: { status: "failed", failure_code: "insufficient_funds" },
    },
  });
});

test("bank debit: a plan runs while the bank is asked, its invoice is open until it is paid", async () => {
  const { stripe, deliveredBy, daysOn, moveTo } = sandbox();
  const { session, customer } = await debit("professional_month", accounts.pays);
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(await subscriptionOf(session)).toMatchObject({
    status: "active",
    latest_invoice: { status: "open", attempt_count: 1, next_payment_attempt: null },
  });
  const { data } = await stripe.customers.listPaymentMethods(customer.id, { type: "us_bank_account" });
  expect(data.map((method) => method.us_bank_account?.last4)).toEqual(["6789"]);
  expect(await deliveredBy(() => daysOn(4))).toEqual([
    "payment_intent.succeeded",
    "invoice.paid",
    "invoice_payment.paid",
    "checkout.session.async_payment_succeeded",
  ]);
  const paid = await subscriptionOf(session);
  expect(paid).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  // At renewal the bank is asked again, and the plan runs on meanwhile.
  const end = paid.items.data[0]?.current_period_end ?? 0;
  await moveTo(new Date((end + 2 * 3600) * 1000).toISOString());
  const renewed = await subscriptionOf(session);
  expect(renewed).toMatchObject({ status: "active", latest_invoice: { status: "open" } });
  expect(await deliveredBy(() => daysOn(4))).toEqual([
    "payment_intent.succeeded",
    "invoice.paid",
    "invoice_payment.paid",
  ]);
  await stripe.subscriptions.cancel(renewed.id);
});

test("bank debit: a plan whose first debit fails is past due, and checkout hears of the first failure alone", async () => {
  const { stripe, deliveredBy, daysOn, webhook } = sandbox();
  const { session } = await debit("professional_month", accounts.noFunds);
  expect(await deliveredBy(() => daysOn(4))).toEqual([
    "payment_intent.payment_failed",
    "invoice.payment_failed",
    "customer.subscription.updated",
    "checkout.session.async_payment_failed",
  ]);
  expect(await subscriptionOf(session)).toMatchObject({
    status: "past_due",
    latest_invoice: { status: "open", attempt_count: 1 },
  });
  webhook.events.length = 0;
  await daysOn(6);
  expect(webhook.types()).toEqual(["payment_intent.payment_failed", "invoice.payment_failed"]);
  await stripe.subscriptions.cancel(String(session.subscription));
  // The plan has ended while the bank was asked once more: its answer brings no further try.
  await daysOn(30);
  const { data } = await stripe.invoices.list({ subscription: String(session.subscription) });
  expect(data).toMatchObject([{ status: "open", next_payment_attempt: null, auto_advance: false }]);
});

test("bank debit: a bank that never answers can be told to forget it", async () => {
  const { stripe, deliveredBy, daysOn } = sandbox();
  const { session } = await debit("credits_500", accounts.silent);
  expect(await deliveredBy(() => daysOn(60))).toEqual([]);
  const canceled = await stripe.paymentIntents.cancel(String(session.payment_intent), {
    expand: ["latest_charge"],
  });
  expect(canceled).toMatchObject({ status: "canceled", latest_charge: { status: "failed" } });
});

test("bank debit: its refund is pending at first, and goes to the bank account", async () => {
  const { stripe, daysOn } = sandbox();
  const { session } = await debit("credits_500", accounts.pays);
  await daysOn(4);
  const refund = await stripe.refunds.create({ payment_intent: String(session.payment_intent) });
  expect(refund).toMatchObject({ status: "pending", destination_details: { type: "us_bank_transfer" } });
  await daysOn(1);
  expect((await stripe.refunds.retrieve(refund.id)).status).toBe("succeeded");
});

test.each([
  ["an account of no test bank", "123", "110000000", "This is not a test account."],
  ["another bank's routing number", accounts.pays, "021000021", "The routing number of the test bank is"],
])(
  "bank debit: %s is answered with its reason, and the session stays open",
  async (_, account, routing, message) => {
    const { answer, session } = await debit("credits_500", account, routing);
    expect(answer.status).toBe(402);
    const page = await answer.text();
    expect(page).toContain(message);
    expect(page).toContain(`value="${account}"`);
    expect(session.status).toBe("open");
  },
);

test("attach: an account's token is charged off session, and the answer comes later", async () => {
  const { stripe, daysOn } = sandbox();
  const { id: customer } = await stripe.customers.create({});
  const { id } = await stripe.paymentMethods.attach("pm_usBankAccount_noAccount", { customer });
  const payment = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    customer,
    payment_method: id,
    confirm: true,
    off_session: true,
  });
  expect(payment.status).toBe("processing");
  await daysOn(4);
  expect(await stripe.paymentIntents.retrieve(payment.id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { code: "no_account" },
  });
});

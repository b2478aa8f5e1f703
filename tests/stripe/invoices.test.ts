import { expect, test } from "vitest";
import { owingPlan } from "./owing.ts";
import { cards, sandboxOfFile, typed } from "./support.ts";

const sandbox = sandboxOfFile();
const owing = (number?: string) => owingPlan(sandbox(), number);

const recovered = [
  "payment_intent.succeeded",
  "invoice.paid",
  "invoice_payment.paid",
  "customer.subscription.updated",
];

test("3-D Secure at renewal: the bank's question waits on the invoice's page, and the answer pays", async () => {
  const { stripe, deliveredBy } = sandbox();
  const owed = await owing(cards.asksAlways);
  expect(await owed.intent()).toMatchObject({ status: "requires_action" });
  expect((await stripe.events.list({ type: "payment_intent.requires_action" })).data).toHaveLength(1);
  const { hosted_invoice_url: page } = await owed.invoice();
  const [, question = ""] = /href="([^"]*\/3ds\/[^"]*)"/.exec(await (await fetch(String(page))).text()) ?? [];
  const answer = (authentication: string) =>
    fetch(question, { method: "POST", body: new URLSearchParams({ authentication }), redirect: "manual" });
  expect(
    await deliveredBy(async () => {
      expect((await answer("complete")).headers.get("location")).toContain(`${page}?payment_intent=pi_`);
    }),
  ).toEqual(recovered);
  expect(await owed.status()).toBe("active");
  const paid = await owed.invoice();
  expect(paid).toMatchObject({ status: "paid", attempt_count: 1, amount_remaining: 0 });
  expect(await (await fetch(String(page))).text()).not.toContain("<form");
  await owed.end();
});

test("3-D Secure at renewal: a failed answer leaves the plan past due, and another card on the page pays", async () => {
  const { deliveredBy } = sandbox();
  const owed = await owing(cards.asksAlways);
  const url = String((await owed.intent()).next_action?.redirect_to_url?.url);
  const body = new URLSearchParams({ authentication: "fail" });
  expect(await deliveredBy(() => fetch(url, { method: "POST", body, redirect: "manual" }))).toEqual([
    "payment_intent.payment_failed",
    "invoice.payment_failed",
  ]);
  expect((await owed.payOnPage(cards.declined)).status).toBe(402);
  expect(await (await owed.payOnPage(cards.asksOnce)).text()).toContain("Complete authentication");
  expect(await owed.status()).toBe("past_due");
  const confirmed = await owed.payOnPage(cards.asksOnce, { ...typed, authentication: "complete" });
  expect(confirmed.status).toBe(303);
  expect(await owed.status()).toBe("active");
  // Paid twice by a double click, it is charged once.
  expect((await owed.payOnPage(cards.pays)).status).toBe(303);
  expect(await owed.invoice()).toMatchObject({ amount_paid: 2999, amount_overpaid: 0 });
  await owed.end();
});

test("pay: a try by hand changes nothing of the schedule, and one that pays makes the plan active", async () => {
  const { stripe, deliveredBy } = sandbox();
  const owed = await owing();
  const before = await owed.invoice();
  const failed = await deliveredBy(() =>
    expect(stripe.invoices.pay(owed.id)).rejects.toMatchObject({ statusCode: 402, code: "card_declined" }),
  );
  expect(failed).toEqual(["payment_intent.payment_failed", "invoice.payment_failed"]);
  const { attempt_count, next_payment_attempt } = await owed.invoice();
  expect({ attempt_count, next_payment_attempt }).toEqual({
    attempt_count: 1,
    next_payment_attempt: before.next_payment_attempt,
  });
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: owed.customer.id });
  const pay = () => stripe.invoices.pay(owed.id, { payment_method: id });
  const delivered = await deliveredBy(async () => {
    expect(await pay()).toMatchObject({ status: "paid", next_payment_attempt: null });
  });
  expect(delivered).toEqual(recovered);
  expect(await owed.status()).toBe("active");
  await expect(pay()).rejects.toThrow("Invoice is already paid");
  await owed.end();
});

test("pay: a card that asks needs its holder, off session and on", async () => {
  const { stripe } = sandbox();
  const owed = await owing(cards.asksAlways);
  for (const off_session of [true, false])
    await expect(stripe.invoices.pay(owed.id, { off_session })).rejects.toMatchObject({
      statusCode: 402,
      code: "invoice_payment_intent_requires_action",
    });
  expect((await owed.intent()).status).toBe("requires_action");
  await owed.end();
});

test("pay: with the stored card the page leads to its bank's question", async () => {
  const owed = await owing(cards.asksAlways);
  const press = () =>
    fetch(`${sandbox().publicUrl}/invoice/${owed.id}`, {
      method: "POST",
      body: new URLSearchParams({ stored: "yes" }),
      redirect: "manual",
    });
  const { id } = await owed.intent();
  expect((await press()).headers.get("location")).toBe(`/3ds/${id}`);
  const body = new URLSearchParams({ authentication: "complete" });
  await fetch(`${sandbox().publicUrl}/3ds/${id}`, { method: "POST", body, redirect: "manual" });
  expect(await owed.status()).toBe("active");
  expect((await press()).headers.get("location")).toBe(`/invoice/${owed.id}`);
  await owed.end();
});

test("pay: with a bank account the invoice waits for the bank, and nobody pays it twice meanwhile", async () => {
  const { stripe, daysOn } = sandbox();
  const owed = await owing();
  const { id } = await stripe.paymentMethods.attach("pm_usBankAccount_success", {
    customer: owed.customer.id,
  });
  const pay = () => stripe.invoices.pay(owed.id, { payment_method: id });
  expect(await pay()).toMatchObject({ status: "open", next_payment_attempt: null });
  await expect(pay()).rejects.toThrow("processing");
  await expect(stripe.invoices.voidInvoice(owed.id)).rejects.toThrow("processing");
  expect(await (await fetch(String((await owed.invoice()).hosted_invoice_url))).text()).not.toContain(
    "<form",
  );
  await daysOn(4);
  expect(await owed.status()).toBe("active");
  await owed.end();
});

test("pay: the payment of an invoice can be confirmed itself, with another card", async () => {
  const { stripe } = sandbox();
  const owed = await owing(cards.asksAlways);
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: owed.customer.id });
  const payment = await owed.intent();
  await expect(stripe.paymentIntents.cancel(payment.id)).rejects.toThrow("void the invoice");
  await stripe.paymentIntents.confirm(payment.id, { payment_method: id });
  expect(await owed.invoice()).toMatchObject({ status: "paid" });
  expect(await owed.status()).toBe("active");
  await owed.end();
});

test("void: an open invoice is owed by nobody, its payment is cancelled, the plan runs again", async () => {
  const { stripe, deliveredBy, daysOn } = sandbox();
  const owed = await owing();
  const delivered = await deliveredBy(async () => {
    expect(await stripe.invoices.voidInvoice(owed.id)).toMatchObject({ status: "void" });
  });
  expect(delivered).toEqual(["payment_intent.canceled", "invoice.voided", "customer.subscription.updated"]);
  expect(await owed.intent()).toMatchObject({ status: "canceled", cancellation_reason: "void_invoice" });
  expect(await owed.status()).toBe("active");
  const charges = async () => (await stripe.charges.list({ customer: owed.customer.id })).data.length;
  const before = await charges();
  await daysOn(10);
  expect(await charges()).toBe(before);
  await expect(stripe.invoices.voidInvoice(owed.id)).rejects.toThrow("This invoice is void");
  await expect(stripe.invoices.pay(owed.id)).rejects.toThrow("already void");
  await owed.end();
});

test("uncollectible: nothing is tried any more, but a customer may pay after all", async () => {
  const { stripe, deliveredBy } = sandbox();
  const owed = await owing();
  const delivered = await deliveredBy(() => stripe.invoices.markUncollectible(owed.id));
  expect(delivered).toEqual(["invoice.marked_uncollectible", "customer.subscription.updated"]);
  expect(await owed.invoice()).toMatchObject({ status: "uncollectible", next_payment_attempt: null });
  await expect(stripe.invoices.markUncollectible(owed.id)).rejects.toMatchObject({ statusCode: 400 });
  expect((await owed.payOnPage(cards.pays)).status).toBe(303);
  expect(await owed.invoice()).toMatchObject({ status: "paid", amount_paid: 2999 });
  await owed.end();
});

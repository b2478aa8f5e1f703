import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("checkout: a declined card takes nothing, the next card pays", async () => {
  const { stripe, pay, openSession, webhook } = sandbox();
  const { session } = await openSession("professional_month");
  const declined = await pay(session.id, cards.declined);
  expect(declined.status).toBe(402);
  expect(await declined.text()).toContain("Your card was declined.");
  const open = await stripe.checkout.sessions.retrieve(session.id);
  expect(open).toMatchObject({ status: "open", payment_status: "unpaid", subscription: null });
  expect(webhook.types()).toEqual([]);

  const paid = await pay(session.id);
  expect(paid.status).toBe(303);
  expect(paid.headers.get("location")).toBe(`http://127.0.0.1:21000/return?session_id=${session.id}`);
  const done = await stripe.checkout.sessions.retrieve(session.id);
  expect(done).toMatchObject({ status: "complete", payment_status: "paid", amount_total: 2999 });
  expect(webhook.types().sort()).toEqual([
    "checkout.session.completed",
    "customer.subscription.created",
    "customer.subscription.updated",
    "invoice.finalized",
    "invoice.paid",
    "invoice_payment.paid",
    "payment_intent.succeeded",
    "payment_method.attached",
  ]);
});

test("checkout: a plan makes an active subscription whose metadata is on the invoice too", async () => {
  const { stripe, subscribe, clock } = sandbox();
  const { subscription } = await subscribe("professional_month");
  expect(subscription).toMatchObject({
    status: "active",
    billing_mode: { type: "flexible" },
    cancel_at_period_end: false,
    metadata: { account_id: "account-1" },
  });
  expect(subscription.items.data[0]?.current_period_start).toBe(clock.now.getTime() / 1000);
  const invoice = await stripe.invoices.retrieve(String(subscription.latest_invoice), {
    expand: ["payments.data.payment.payment_intent"],
  });
  expect(invoice).toMatchObject({
    status: "paid",
    billing_reason: "subscription_create",
    total: 2999,
    parent: { subscription_details: { metadata: { account_id: "account-1" } } },
  });
  expect(invoice.payments?.data[0]?.payment.payment_intent).toMatchObject({ status: "succeeded" });
  const lines = await stripe.invoices.listLineItems(invoice.id);
  const price = await stripe.prices.retrieve(String(lines.data[0]?.pricing?.price_details?.price));
  expect(price.metadata).toEqual({ price: "professional_month@1" });
});

test("checkout: a pack is paid once and carries its key on the line item's price", async () => {
  const { stripe, openSession, pay } = sandbox();
  const { session } = await openSession("credits_500");
  await pay(session.id);
  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["line_items.data.price", "payment_intent.latest_charge"],
  });
  expect(done).toMatchObject({ mode: "payment", payment_status: "paid", subscription: null, invoice: null });
  expect(done.line_items?.data[0]?.price?.metadata).toEqual({ pack: "credits_500@1" });
  expect(done.payment_intent).toMatchObject({
    metadata: { account_id: "account-1" },
    latest_charge: { amount: 500, paid: true },
  });
});

test("checkout: paying twice charges once", async () => {
  const { stripe, openSession, pay } = sandbox();
  const { session, customer } = await openSession("credits_500");
  const answers = await Promise.all([pay(session.id), pay(session.id)]);
  expect(answers.map((answer) => answer.status)).toEqual([303, 303]);
  expect((await stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
  const page = await fetch(`${sandbox().publicUrl}/pay/${session.id}`);
  expect(await page.text()).toContain("This is paid");
});

test.each([
  ["a number of letters", "4242 abcd", {}, "Your card number is incomplete."],
  ["a wrong check digit", "4242 4242 4242 4241", {}, "Your card number is invalid."],
  ["a card that is no test card", "5105 1051 0510 5100", {}, "This is not a test card."],
  ["a month 13", cards.pays, { expiry: "13/34" }, "expiration date is incomplete or invalid"],
  ["a card that has expired", cards.pays, { expiry: "12/25" }, "expiration date is in the past"],
  ["a security code of two digits", cards.pays, { cvc: "12" }, "security code is incomplete"],
  ["no funds", cards.noFunds, {}, "Your card has insufficient funds."],
])("checkout: %s is answered with its reason, and the form stays", async (_, number, wrong, message) => {
  const { openSession, pay, stripe } = sandbox();
  const { session } = await openSession("credits_500");
  const answer = await pay(session.id, number, { expiry: "12 / 34", cvc: "123", ...wrong });
  expect(answer.status).toBe(402);
  const page = (await answer.text()).replaceAll("&#39;", "'");
  expect(page).toContain(message);
  expect(page).toContain(`value="${number}"`);
  expect(page).toContain('href="http://127.0.0.1:21000/cancel"');
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
});

test("checkout: what a customer types is shown as text, never as markup", async () => {
  const { openSession, pay } = sandbox();
  const { session } = await openSession("credits_500");
  const page = await (await pay(session.id, '"><script>alert(1)</script>')).text();
  expect(page).not.toContain("<script>");
});

test("checkout: a session that was left alone expires after a day and cannot be paid", async () => {
  const { openSession, pay, stripe, webhook, moveTo, publicUrl, clock } = sandbox();
  const { session } = await openSession("professional_month");
  await moveTo(new Date(clock.now.getTime() + 25 * 3600_000).toISOString());
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
  expect(webhook.types()).toContain("checkout.session.expired");
  const answer = await pay(session.id);
  expect(answer.headers.get("location")).toBe(`/pay/${session.id}`);
  const page = await fetch(`${publicUrl}/pay/${session.id}`);
  expect(await page.text()).toContain("This checkout has expired");
});

test("checkout: in the second after its end a session cannot be paid, though no job has run", async () => {
  const { openSession, pay, stripe, clock } = sandbox();
  const { session } = await openSession("professional_month");
  clock.now = new Date(session.expires_at * 1000);
  expect((await pay(session.id)).headers.get("location")).toBe(`/pay/${session.id}`);
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
});

test("checkout: a session is expired by its owner while it is open, and only then", async () => {
  const { openSession, stripe } = sandbox();
  const { session } = await openSession("credits_500");
  expect((await stripe.checkout.sessions.expire(session.id)).status).toBe("expired");
  await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("checkout: an inactive price and a recurring one in payment mode are refused", async () => {
  const { stripe, openSession } = sandbox();
  const { price } = await openSession("professional_month");
  const product = String(price.product);
  const old = await stripe.prices.create({ product, currency: "usd", unit_amount: 100, active: false });
  const sell = (id: string) =>
    stripe.checkout.sessions.create({
      mode: "payment",
      line_items: [{ price: id, quantity: 1 }],
      success_url: "http://127.0.0.1:21000/",
    });
  await expect(sell(old.id)).rejects.toMatchObject({ statusCode: 400, param: "line_items[0][price]" });
  await expect(sell(price.id)).rejects.toMatchObject({ statusCode: 400, param: "mode" });
});

test.each([
  ["GET", "/pay/cs_none"],
  ["GET", "/portal/bps_none"],
  ["GET", "/invoice/in_none"],
  ["GET", "/invoice/in_none.pdf"],
  ["GET", "/x"],
  ["GET", "/v10/customers"],
  ["POST", "/pay/cs_that_ends_like_a_path_of_the_api_v2"],
])("pages: at an unknown address %s %s says so", async (method, path) => {
  const answer = await fetch(sandbox().publicUrl + path, { method });
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain("There is nothing here");
});

import { expect, test } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const newCustomer = () => sandbox().stripe.customers.create({ email: "ada@example.com" });

test("attach: a test token is another card each time, and the customer's list has it", async () => {
  const { stripe, deliveredBy, webhook } = sandbox();
  const { id: customer } = await newCustomer();
  const attach = (token: string) => stripe.paymentMethods.attach(token, { customer });
  expect(await deliveredBy(() => attach("pm_card_visa"))).toEqual(["payment_method.attached"]);
  expect(webhook.events.at(-1)?.data.object).toMatchObject({ customer, card: { last4: "4242" } });
  const second = await attach("pm_card_mastercard");
  expect(second).toMatchObject({ customer, type: "card", card: { brand: "mastercard", last4: "4444" } });
  const lists = [
    await stripe.paymentMethods.list({ customer, type: "card" }),
    await stripe.customers.listPaymentMethods(customer),
  ];
  for (const list of lists) expect(list.data.map(({ card }) => card?.last4)).toEqual(["4444", "4242"]);
  expect((await stripe.customers.listPaymentMethods(customer, { type: "us_bank_account" })).data).toEqual([]);
  expect(await stripe.paymentMethods.retrieve(second.id)).toEqual(second);
});

test.each([
  ["a declined card", "pm_card_chargeDeclined", { statusCode: 402, code: "card_declined" }],
  ["an id that names nothing", "pm_none", { statusCode: 404, code: "resource_missing" }],
])("attach: %s is refused, and nothing is kept", async (_, token, refusal) => {
  const { stripe } = sandbox();
  const { id: customer } = await newCustomer();
  await expect(stripe.paymentMethods.attach(token, { customer })).rejects.toMatchObject(refusal);
  expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
});

test("attach: a method belongs to one customer, and to nobody again once it was detached", async () => {
  const { stripe } = sandbox();
  const [mine, other] = [await newCustomer(), await newCustomer()];
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: mine.id });
  const toOther = () => stripe.paymentMethods.attach(id, { customer: other.id });
  await expect(toOther()).rejects.toThrow("already been attached");
  await expect(
    stripe.customers.update(other.id, { invoice_settings: { default_payment_method: id } }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "invoice_settings[default_payment_method]" });
  await stripe.paymentMethods.detach(id);
  await expect(toOther()).rejects.toThrow("may not be used again");
  await expect(stripe.paymentMethods.detach(id)).rejects.toThrow("not attached");
  await expect(stripe.paymentMethods.update(id, { metadata: { a: "b" } })).rejects.toThrow("save this");
});

test("detach: the customer is in previous_attributes alone, and nothing is charged by default any more", async () => {
  const { stripe, subscribe, deliveredBy, webhook } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const method = String(subscription.default_payment_method);
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method } });
  const delivered = await deliveredBy(() => stripe.paymentMethods.detach(method));
  expect(delivered).toEqual(["payment_method.detached", "customer.subscription.updated", "customer.updated"]);
  expect(webhook.events.at(-3)?.data).toMatchObject({
    object: { id: method, customer: null },
    previous_attributes: { customer: customer.id },
  });
  const after = await stripe.subscriptions.retrieve(subscription.id, { expand: ["customer"] });
  expect(after).toMatchObject({
    default_payment_method: null,
    customer: { invoice_settings: { default_payment_method: null } },
  });
  await stripe.subscriptions.cancel(subscription.id);
});

test("default: without one of its own a plan renews with the customer's", async () => {
  const { stripe, subscribe, daysOn, deliveredBy } = sandbox();
  const { customer, subscription } = await subscribe("professional_month", cards.failsLater);
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: "" });
  const delivered = await deliveredBy(() =>
    stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } }),
  );
  expect(delivered).toEqual(["customer.updated"]);
  await daysOn(32);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  await stripe.subscriptions.cancel(subscription.id);
});

test("default: a plan takes only what its own customer keeps", async () => {
  const { stripe, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const { id: customer } = await newCustomer();
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await expect(
    stripe.subscriptions.update(subscription.id, { default_payment_method: id }),
  ).rejects.toMatchObject({ code: "resource_missing", param: "default_payment_method" });
  await stripe.subscriptions.cancel(subscription.id);
});

test("customer: made with a card that is kept and charged by default", async () => {
  const { stripe } = sandbox();
  const token = "pm_card_visa";
  const { id, invoice_settings } = await stripe.customers.create({
    payment_method: token,
    invoice_settings: { default_payment_method: token },
  });
  const { data } = await stripe.customers.listPaymentMethods(id);
  expect(data.map((method) => method.id)).toEqual([invoice_settings.default_payment_method]);
  await expect(
    stripe.customers.create({ invoice_settings: { default_payment_method: token } }),
  ).rejects.toMatchObject({ code: "resource_missing" });
});

test("update: an expiry and metadata are changed by their owner, and said in payment_method.updated", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { id: customer } = await newCustomer();
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  const change = { card: { exp_month: 7, exp_year: 2031 }, metadata: { a: "b" } };
  expect(await deliveredBy(() => stripe.paymentMethods.update(id, change))).toEqual([
    "payment_method.updated",
  ]);
  expect(await stripe.paymentMethods.retrieve(id)).toMatchObject({ ...change, card: { last4: "4242" } });
});

test("replaced by its bank: the method stays, its number and what it answers are new", async () => {
  const { stripe, subscribe, replaceCard, deliveredBy, daysOn, publicUrl } = sandbox();
  const { subscription } = await subscribe("professional_month", cards.failsLater);
  const method = String(subscription.default_payment_method);
  await daysOn(32);
  const card = { number: "5555555555554444", exp_month: 8, exp_year: 2032 };
  expect(await deliveredBy(() => replaceCard(method, card))).toEqual([
    "payment_method.automatically_updated",
  ]);
  expect((await stripe.paymentMethods.retrieve(method)).card).toMatchObject({
    last4: "4444",
    exp_year: 2032,
  });
  await daysOn(5);
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
  await stripe.subscriptions.cancel(subscription.id);

  const post = (number: string) =>
    fetch(`${publicUrl}/sandbox/payment_methods/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandboxKeys.secret}` },
      body: new URLSearchParams({ number, exp_month: "9", exp_year: "2033" }),
    });
  expect(await (await post("4242424242424242")).json()).toMatchObject({ id: method, card: { exp_month: 9 } });
  expect((await post("1234")).status).toBe(400);
});

test("payment intent: a test token pays once and is kept by nobody", async () => {
  const { stripe } = sandbox();
  const { id: customer } = await newCustomer();
  const pay = (payment_method: string) =>
    stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer,
      payment_method,
      confirm: true,
      off_session: true,
    });
  const paid = await pay("pm_card_visa");
  expect(paid.status).toBe("succeeded");
  expect((await stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
  await expect(pay(String(paid.payment_method))).rejects.toMatchObject({ param: "payment_method" });
  const { id: asks } = await stripe.paymentMethods.attach("pm_card_authenticationRequiredOnSetup", {
    customer,
  });
  await expect(pay(asks)).rejects.toMatchObject({ code: "authentication_required" });
});

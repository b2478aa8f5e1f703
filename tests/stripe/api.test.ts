import Stripe from "stripe";
import { expect, test } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

/** A request as no SDK would write it. */
async function raw(path: string, init: RequestInit = {}, headers: Record<string, string> = {}) {
  const answer = await fetch(sandbox().publicUrl + path, {
    ...init,
    headers: {
      authorization: `Bearer ${sandboxKeys.secret}`,
      "stripe-version": Stripe.API_VERSION,
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    },
  });
  const body = await answer.json();
  sandbox().recorded.push(body);
  return { status: answer.status, body };
}

test("api: another key is refused", async () => {
  const answer = await raw("/v1/customers", {}, { authorization: "Bearer sk_test_other" });
  expect(answer).toMatchObject({ status: 401, body: { error: { type: "invalid_request_error" } } });
});

test("api: the key is taken as curl -u sends it", async () => {
  const basic = (key: string) => ({ authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` });
  expect((await raw("/v1/customers", {}, basic(sandboxKeys.secret))).status).toBe(200);
  expect((await raw("/v1/customers", {}, basic("sk_test_other"))).status).toBe(401);
});

test("api: another version is refused", async () => {
  const answer = await raw("/v1/customers", {}, { "stripe-version": "2024-06-20" });
  expect(answer).toMatchObject({ status: 400 });
  expect(answer.body.error.message).toContain(Stripe.API_VERSION);
});

test("api: an unknown path and an unknown method are 404 with Stripe's sentence", async () => {
  expect((await raw("/v1/nonsense")).body.error.message).toContain(
    "Unrecognized request URL (GET: /v1/nonsense)",
  );
  expect((await raw("/v1/prices/price_1", { method: "DELETE" })).status).toBe(404);
});

test.each([
  ["email=a&shoe_size=44", "shoe_size"],
  ["__proto__[x]=1", "__proto__"],
  ["constructor=1", "constructor"],
])("api: the unknown parameter of %s is refused by name", async (body, param) => {
  const answer = await raw("/v1/customers", { method: "POST", body });
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "parameter_unknown", param } } });
});

test("api: a parameter that Stripe takes and the sandbox would ignore is refused too", async () => {
  const answer = await raw("/v1/customers", { method: "POST", body: "balance=500" });
  expect(answer).toMatchObject({ status: 400, body: { error: { param: "balance" } } });
});

test.each([
  ["post", "/v1/products", "", "name", "parameter_missing"],
  ["post", "/v1/checkout/sessions", "mode=payment", "success_url", "parameter_missing"],
  [
    "post",
    "/v1/prices",
    "currency=usd&product=x&unit_amount=1.5",
    "unit_amount",
    "parameter_invalid_integer",
  ],
  ["post", "/v1/products", "name=x&active=yes", "active", undefined],
  ["post", "/v1/checkout/sessions", "mode=gift", "mode", undefined],
  ["post", "/v1/customers", "metadata=x", "metadata", undefined],
  ["post", "/v1/customers", "email=%00", "email", undefined],
  ["get", "/v1/customers?limit=many", "", "limit", "parameter_invalid_integer"],
])("api: %s %s with '%s' names the parameter %s", async (method, path, body, param, code) => {
  const answer = await raw(path, { method, ...(method === "post" && { body }) });
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ type: "invalid_request_error", param, ...(code && { code }) });
});

test("api: an id that names nothing is resource_missing, 404 in the path and 400 in a parameter", async () => {
  const { stripe } = sandbox();
  await expect(stripe.customers.retrieve("cus_none")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    message: "No such customer: 'cus_none'",
  });
  await expect(stripe.billingPortal.sessions.create({ customer: "cus_none" })).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
    param: "customer",
  });
});

test("api: metadata is merged, a key is removed by an empty value", async () => {
  const { stripe } = sandbox();
  const { id } = await stripe.customers.create({ name: "Ada", metadata: { a: "1", b: "2" } });
  await stripe.customers.update(id, { metadata: { b: "", c: "3" }, name: "" });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ metadata: { a: "1", c: "3" }, name: null });
});

test("api: a list is paged in both directions without gaps", async () => {
  const { stripe } = sandbox();
  const email = "many@example.com";
  const made: string[] = [];
  for (let count = 0; count < 5; count += 1) made.unshift((await stripe.customers.create({ email })).id);
  const ids: string[] = [];
  for await (const customer of stripe.customers.list({ email, limit: 2 })) ids.push(customer.id);
  expect(ids).toEqual(made);
  const back = await stripe.customers.list({ email, limit: 2, ending_before: String(made[4]) });
  expect(back.data.map((customer) => customer.id)).toEqual([made[2], made[3]]);
  expect(back.has_more).toBe(true);
});

test("api: prices are found by lookup key, the inactive ones only when asked for", async () => {
  const { stripe } = sandbox();
  const found = await stripe.prices.list({
    lookup_keys: ["professional_month", "credits_500"],
    active: true,
    expand: ["data.product"],
  });
  expect(found.data.map((price) => price.lookup_key).sort()).toEqual(["credits_500", "professional_month"]);
  expect(found.data[0]?.product).toMatchObject({ object: "product" });
  const first = found.data[0]?.id ?? "";
  await stripe.prices.update(first, { active: false });
  expect((await stripe.prices.list({ active: false })).data.map((price) => price.id)).toEqual([first]);
  await stripe.prices.update(first, { active: true });
});

test("api: a lookup key moves to another price only when that is said", async () => {
  const { stripe } = sandbox();
  const product = await stripe.products.create({ name: "Extra" });
  const given = { product: product.id, currency: "usd", unit_amount: 100, lookup_key: "extra" };
  const old = await stripe.prices.create(given);
  await expect(stripe.prices.create(given)).rejects.toMatchObject({ param: "lookup_key" });
  const next = await stripe.prices.create({ ...given, transfer_lookup_key: true });
  expect(next.lookup_key).toBe("extra");
  expect((await stripe.prices.retrieve(old.id)).lookup_key).toBeNull();
});

test("expand: what is not expandable, and more than four levels, are refused as Stripe does", async () => {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const get = (path: string) => stripe.subscriptions.retrieve(subscription.id, { expand: [path] });
  await expect(get("status")).rejects.toMatchObject({ statusCode: 400 });
  await expect(get("nonsense.id")).rejects.toMatchObject({ statusCode: 400 });
  await expect(get("latest_invoice.payments.data.payment.payment_intent")).rejects.toMatchObject({
    code: "property_expansion_max_depth",
  });
  const deep = await get("latest_invoice.lines.data");
  expect(deep.latest_invoice).toMatchObject({ object: "invoice", customer: customer.id });
});

test("subscription items: are paged as lists are", async () => {
  const { stripe, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const [item] = subscription.items.data;
  const list = (after?: string) =>
    stripe.subscriptionItems.list({ subscription: subscription.id, ...(after && { starting_after: after }) });
  expect((await list()).data.map((one) => one.id)).toEqual([item?.id]);
  expect((await list(item?.id)).data).toEqual([]);
  await expect(list("si_none")).rejects.toMatchObject({ code: "resource_missing" });
});

test("invoice lines: more than ten come on further pages", async () => {
  const { stripe, pay } = sandbox();
  const product = await stripe.products.create({ name: "Seats" });
  const line_items = [];
  for (let count = 1; count <= 12; count += 1) {
    const price = await stripe.prices.create({
      product: product.id,
      currency: "usd",
      unit_amount: count * 100,
      recurring: { interval: "month" },
    });
    line_items.push({ price: price.id, quantity: 1 });
  }
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items,
    success_url: "http://127.0.0.1:21000/",
  });
  await pay(session.id);
  const { invoice } = await stripe.checkout.sessions.retrieve(session.id, { expand: ["invoice"] });
  if (!invoice || typeof invoice === "string") throw new Error("the invoice was not expanded");
  expect([invoice.lines.data.length, invoice.lines.has_more]).toEqual([10, true]);
  const amounts: number[] = [];
  for await (const line of stripe.invoices.listLineItems(invoice.id, { limit: 5 })) amounts.push(line.amount);
  expect(amounts).toEqual(line_items.map((_, index) => (index + 1) * 100));
});

test("invoice payments: the pair is found from the payment as from the invoice", async () => {
  const { stripe, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const invoice = String(subscription.latest_invoice);
  const [pair] = (await stripe.invoicePayments.list({ invoice })).data;
  const intent = String(pair?.payment.payment_intent);
  const found = await stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: intent },
  });
  expect(found.data.map((one) => one.id)).toEqual([pair?.id]);
  expect(await stripe.paymentIntents.retrieve(intent)).toMatchObject({ status: "succeeded", amount: 2999 });
});

test("events: are listed by type, newest first, and retrieved by id", async () => {
  const { stripe, subscribe } = sandbox();
  await subscribe("professional_month");
  const { data } = await stripe.events.list({ types: ["invoice.paid", "invoice.created"], limit: 2 });
  expect(data.map((event) => event.type)).toEqual(["invoice.paid", "invoice.created"]);
  expect((await stripe.events.retrieve(data[0]?.id ?? "")).type).toBe("invoice.paid");
});

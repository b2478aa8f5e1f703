import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("customer deletion: plans end at once, cards are detached, and the event has the whole customer", async () => {
  const { stripe, subscribe, deliveredBy, webhook, daysOn } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const method = String(subscription.default_payment_method);
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id });
  const stub = { id: customer.id, object: "customer", deleted: true };
  const delivered = await deliveredBy(async () => {
    expect(await stripe.customers.del(customer.id)).toEqual(stub);
  });
  expect(delivered).toEqual(["customer.subscription.deleted", "payment_method.detached", "customer.deleted"]);
  expect(webhook.events.at(-1)?.data.object).toMatchObject({ id: customer.id, email: "ada@example.com" });
  expect(await stripe.customers.retrieve(customer.id)).toEqual(stub);
  const ended = await stripe.subscriptions.retrieve(subscription.id, { expand: ["customer"] });
  expect(ended).toMatchObject({ status: "canceled", customer: stub });
  expect((await stripe.paymentMethods.retrieve(method)).customer).toBeNull();
  expect((await fetch(portal.url)).status).toBe(404);
  await daysOn(40);
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1);
});

test("customer deletion: of one who owes, nothing is collected any more", async () => {
  const { stripe, subscribe, daysOn, pay } = sandbox();
  const { customer } = await subscribe("professional_month", cards.failsLater);
  await daysOn(32);
  const [owed] = (await stripe.invoices.list({ customer: customer.id, status: "open" })).data;
  await stripe.customers.del(customer.id);
  await expect(stripe.invoices.pay(String(owed?.id))).rejects.toMatchObject({ statusCode: 400 });
  await pay(`/invoice/${owed?.id}`);
  expect(await (await fetch(String(owed?.hosted_invoice_url))).text()).toContain("was deleted");
  const charges = async () => (await stripe.charges.list({ customer: customer.id })).data.length;
  const before = await charges();
  await daysOn(30);
  expect(await charges()).toBe(before);
});

test("customer deletion: a deleted customer buys, keeps and is deleted no more", async () => {
  const { stripe, openSession, pay } = sandbox();
  const { customer, session } = await openSession("credits_500");
  await stripe.customers.del(customer.id);
  expect((await pay(session.id)).status).toBe(404);
  const missing = { code: "resource_missing" };
  await expect(stripe.customers.update(customer.id, { name: "Ada" })).rejects.toMatchObject(missing);
  await expect(stripe.customers.del(customer.id)).rejects.toMatchObject(missing);
  await expect(stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id })).rejects.toMatchObject(
    missing,
  );
  await expect(stripe.billingPortal.sessions.create({ customer: customer.id })).rejects.toMatchObject(
    missing,
  );
  const { data } = await stripe.customers.list({ limit: 100 });
  expect(data.map(({ id }) => id)).not.toContain(customer.id);
});

import { expect, test } from "vitest";
import { parameterSchema, schemaOf } from "../../local/stripe/engine/spec.ts";
import { routes } from "../../local/stripe/resources/routes.ts";
import { expectContract, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("contract: an empty recording fails, and so does an object Stripe would not send", async () => {
  await expect(expectContract([])).rejects.toThrow("nothing was checked");
  await expect(expectContract([{ id: "cus_1", object: "customer" }])).rejects.toThrow("missing");
}, 60_000);

test("contract: a life from checkout to the end of the plan is recorded and checked", async () => {
  const { stripe, subscribe, openSession, pay, daysOn, recorded, webhook } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const { session } = await openSession("credits_500");
  await pay(session.id);
  await daysOn(40);
  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await daysOn(40);
  await stripe.subscriptions.list({ customer: customer.id, status: "all", expand: ["data.latest_invoice"] });
  await stripe.paymentMethods.list({ customer: customer.id });
  await stripe.customers.listPaymentMethods(customer.id);
  await stripe.charges.list({ limit: 2 });
  await stripe.paymentIntents.list({ limit: 2 });
  await stripe.checkout.sessions.listLineItems(session.id);
  await stripe.billingPortal.configurations.list();
  await stripe.products.list({ active: true });
  await stripe.events.list({ limit: 100 });
  expect(webhook.types()).toEqual(
    expect.arrayContaining([
      "checkout.session.completed",
      "customer.subscription.created",
      "customer.subscription.updated",
      "customer.subscription.deleted",
      "invoice.finalized",
      "invoice.paid",
      "invoice_payment.paid",
      "payment_intent.succeeded",
    ]),
  );
  expect(recorded.length).toBeGreaterThan(20);
});

test("contract: every parameter an endpoint acts on is one of Stripe's", () => {
  for (const route of routes) {
    const known = Object.keys(route.schema.properties ?? {});
    for (const taken of route.takes) expect(known, `${route.pattern}`).toContain(taken.split(".")[0]);
  }
  expect(parameterSchema("post /v1/nonsense")).toBeUndefined();
  expect(schemaOf("invoice")?.properties).toHaveProperty("parent");
});

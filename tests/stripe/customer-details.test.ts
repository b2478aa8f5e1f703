import { expect, test } from "vitest";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const address = {
  line1: "Unter den Linden 1",
  line2: "",
  city: "Berlin",
  state: "",
  postal_code: "10117",
  country: "DE",
};

test("a customer's address and tax ids are kept, and stand on the invoices from then on", async () => {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  await stripe.customers.update(customer.id, { name: "Kaiser GmbH", address });
  const { id } = await stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "DE123456789" });
  const known = await stripe.customers.retrieve(customer.id, { expand: ["tax_ids"] });
  expect(known).toMatchObject({
    address: { line1: "Unter den Linden 1", line2: null, country: "DE" },
    tax_ids: { data: [{ id, value: "DE123456789" }] },
  });
  await stripe.subscriptions.update(subscription.id, { billing_cycle_anchor: { type: "now" } });
  const [latest] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(latest).toMatchObject({
    customer_address: { city: "Berlin" },
    customer_name: "Kaiser GmbH",
    customer_tax_ids: [{ type: "eu_vat", value: "DE123456789" }],
  });
  await stripe.customers.deleteTaxId(customer.id, id);
  expect((await stripe.customers.listTaxIds(customer.id)).data).toEqual([]);
});

test("a tax id that is none is refused, and so is another customer's", async () => {
  const { stripe, subscribe } = sandbox();
  const { customer } = await subscribe("professional_month");
  const stranger = await stripe.customers.create({});
  await expect(
    stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "123" }),
  ).rejects.toMatchObject({ code: "tax_id_invalid" });
  const { id } = await stripe.customers.createTaxId(stranger.id, { type: "us_ein", value: "12-3456789" });
  await expect(stripe.customers.deleteTaxId(customer.id, id)).rejects.toMatchObject({
    code: "resource_missing",
  });
});

test("preview: what is charged when a paused plan goes on is what is then charged", async () => {
  const { stripe, subscribe, daysOn } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  await daysOn(10);
  await stripe.subscriptions.pause(subscription.id, { type: "subscription" });
  await daysOn(40);
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    subscription_details: { resume_at: "now" },
  });
  expect(preview.amount_due).toBeGreaterThan(0);
  expect(preview.amount_due).toBeLessThan(2_999);
  await stripe.subscriptions.resume(subscription.id, {
    billing_cycle_anchor: { type: "now" },
    payment_behavior: "resume_on_payment_success",
  });
  const [latest] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(latest?.amount_paid).toBe(preview.amount_due);
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data;
  expect(await (await fetch(charge?.receipt_url ?? "")).text()).toContain("Receipt");
});

import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("portal: a customer ends the plan after a question, and takes it back", async () => {
  const { stripe, subscribe, publicUrl } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    return_url: "http://127.0.0.1:21000/billing",
  });
  const text = async (address: string) => (await fetch(address)).text();
  expect(await text(portal.url)).toContain('href="http://127.0.0.1:21000/billing"');
  const own = `${portal.url}/${subscription.id}`;
  expect(await text(`${own}/cancel`)).toContain("Cancel Professional?");
  await fetch(`${own}/cancel`, { method: "POST" });
  expect(await text(portal.url)).toContain("Ends");
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).not.toBeNull();
  expect((await fetch(`${own}/not-resume`, { method: "POST" })).status).toBe(404);
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).not.toBeNull();
  await fetch(`${own}/resume`, { method: "POST" });
  expect((await stripe.subscriptions.retrieve(subscription.id)).cancel_at).toBeNull();
  const invoice = await text(`${publicUrl}/invoice/${subscription.latest_invoice}`);
  expect(invoice).toContain("$29.99");
  const pdf = await fetch(`${publicUrl}/invoice/${subscription.latest_invoice}.pdf`);
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  expect((await pdf.text()).slice(0, 8)).toBe("%PDF-1.4");
});

test("portal: another card is the default, and pays what is owed when it is next tried, not at once", async () => {
  const { stripe, subscribe, pay, moveTo, daysOn, deliveredBy } = sandbox();
  const { customer, subscription } = await subscribe("professional_month", cards.failsLater);
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await moveTo(new Date((end + 2 * 3600) * 1000).toISOString());
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("past_due");
  const portal = await stripe.billingPortal.sessions.create({ customer: customer.id });
  const path = `${portal.url.replace(/^.*\/portal/, "/portal")}/${subscription.id}/card`;
  expect((await pay(path, cards.declined)).status).toBe(402);
  expect(await deliveredBy(() => pay(path))).toEqual([
    "payment_method.attached",
    "customer.subscription.updated",
    "customer.updated",
  ]);
  const changed = await stripe.subscriptions.retrieve(subscription.id, { expand: ["customer"] });
  expect(changed).toMatchObject({
    status: "past_due",
    customer: { invoice_settings: { default_payment_method: changed.default_payment_method } },
  });
  await daysOn(1);
  const paid = await stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] });
  expect(paid).toMatchObject({ status: "active", latest_invoice: { status: "paid", attempt_count: 2 } });
  await stripe.subscriptions.cancel(subscription.id);
  expect((await pay(path)).status).toBe(404);
});

test.each([
  ["fails", cards.failsLater, cards.failsLater, "past_due"],
  ["pays", cards.failsLater, cards.pays, "active"],
])(
  "portal: what is overdue is paid on the invoice's page with the stored card, which %s",
  async (_, old, card, status) => {
    const { stripe, subscribe, pay, moveTo, publicUrl } = sandbox();
    const { customer, subscription } = await subscribe("professional_month", old);
    const end = subscription.items.data[0]?.current_period_end ?? 0;
    await moveTo(new Date((end + 2 * 3600) * 1000).toISOString());
    const portal = await stripe.billingPortal.sessions.create({ customer: customer.id });
    expect((await pay(`${new URL(portal.url).pathname}/${subscription.id}/card`, card)).status).toBe(303);
    const [, path] = /href="([^"]+)">Pay now/.exec(await (await fetch(portal.url)).text()) ?? [];
    const paid = await fetch(publicUrl + path, {
      method: "POST",
      body: new URLSearchParams({ stored: "yes" }),
      redirect: "manual",
    });
    expect(paid.status).toBe(status === "active" ? 303 : 402);
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe(status);
    await stripe.subscriptions.cancel(subscription.id);
  },
);

test("portal: a session shows and ends its own customer's plan only", async () => {
  const { stripe, subscribe } = sandbox();
  const mine = await subscribe("professional_month");
  const other = await subscribe("professional_month");
  const portal = await stripe.billingPortal.sessions.create({ customer: mine.customer.id });
  const answer = await fetch(`${portal.url}/${other.subscription.id}/cancel`, { method: "POST" });
  expect(answer.status).toBe(404);
  expect((await stripe.subscriptions.retrieve(other.subscription.id)).cancel_at).toBeNull();
});

import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { catalog, row } from "./catalog.ts";
import { turnOff } from "./portal-features.ts";
import { cards, sandboxOfFile, typed } from "./support.ts";

const sandbox = sandboxOfFile("2026-06-01T00:00:00Z");
const evil = `<script>alert("1")</script>`;
beforeAll(() =>
  sandbox().restart([
    ...catalog,
    row({ key: "team_month@1", lookup_key: "team_month", product_key: "team", name: evil, max_quantity: 5 }),
    row({
      key: "support@1",
      lookup_key: "support",
      product_key: "support",
      name: "Support",
      is_switched_to: false,
    }),
  ]),
);

const feedbackOf = ({ cancellation_details: details }: Stripe.Subscription) => details?.feedback;

/** A customer in the portal: what is read there, and what is done. */
async function visitor(plan = "professional_month", card = cards.pays, given = {}) {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe(plan, card);
  const session = await stripe.billingPortal.sessions.create({ customer: customer.id, ...given });
  const front = `${sandbox().publicUrl}/portal/${session.id}`;
  const own = `${front}/${subscription.id}`;
  const send = (path: string, form: Record<string, string> = {}) =>
    fetch(path, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  return {
    customer: customer.id,
    id: subscription.id,
    own,
    front,
    url: session.url,
    send,
    read: async (path = front) => (await fetch(path)).text(),
    statusOf: async (path: string) => (await fetch(path)).status,
    plan: (expand: string[] = []) => stripe.subscriptions.retrieve(subscription.id, { expand }),
    priceOf: async (key: string) => String((await stripe.prices.list({ lookup_keys: [key] })).data[0]?.id),
    itemPrice: async () =>
      (await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.price.lookup_key,
  };
}

const paidNow = (page: string) => /You pay now<\/dt><dd><strong>([^<]+)/.exec(page)?.[1];

test("portal: what costs more begins at once, for the amount that was shown", async () => {
  const { daysOn, deliveredBy } = sandbox();
  const { own, read, send, plan, priceOf, itemPrice } = await visitor();
  await daysOn(15);
  const year = `${own}/change/${await priceOf("professional_year")}`;
  expect(await read(`${own}/change`)).toContain("Choose Professional");
  expect(paidNow(await read(year))).toBe("$290.90"); // half a month of $29.99 comes back
  const events = await deliveredBy(async () => expect((await send(year)).status).toBe(303));
  expect(events.filter((type) => /subscription|paid$/.test(type))).toEqual([
    "customer.subscription.updated",
    "invoice.paid",
    "invoice_payment.paid",
  ]);
  expect(await itemPrice()).toBe("professional_year");
  expect((await plan(["latest_invoice"])).latest_invoice).toMatchObject({
    amount_paid: 29_090,
    status: "paid",
  });
});

test("portal: what costs less waits for the period's end, can be taken back, and then renews", async () => {
  const { moveTo } = sandbox();
  const { own, front, read, send, plan, priceOf, itemPrice } = await visitor("team_month");
  const bigger = `${own}/change/${await priceOf("team_month")}`;
  await send(bigger, { quantity: "3" });
  expect((await plan()).items.data[0]).toMatchObject({ quantity: 3 });

  const page = await read(`${bigger}?quantity=1`);
  expect(paidNow(page)).toBe("$0.00");
  expect(page).toMatch(/Then<\/dt><dd>\$29\.99 on/);
  await send(bigger, { quantity: "1" });
  expect(await read(front)).toContain("Keep the plan");
  expect((await plan()).items.data[0]).toMatchObject({ quantity: 3 });
  await send(`${own}/resume`);
  expect(await plan()).toMatchObject({ schedule: null, items: { data: [{ quantity: 3 }] } });

  await send(bigger, { quantity: "2" });
  const end = (await plan()).items.data[0]?.current_period_end ?? 0;
  await moveTo(new Date((end + 7200) * 1000).toISOString());
  expect(await plan(["latest_invoice"])).toMatchObject({
    items: { data: [{ quantity: 2 }] },
    latest_invoice: { amount_paid: 5998, billing_reason: "subscription_cycle" },
  });
  expect(await itemPrice()).toBe("team_month");
});

test("portal: a card that is declined changes nothing, and the page says why", async () => {
  const { own, send, priceOf, itemPrice } = await visitor("professional_month", cards.failsLater);
  const answer = await send(`${own}/change/${await priceOf("professional_year")}`);
  expect(answer.status).toBe(402);
  expect(await answer.text()).toContain("Your card was declined.");
  expect(await itemPrice()).toBe("professional_month");
});

test("portal: only what the configuration sells, in its quantities, is switched to", async () => {
  const { stripe } = sandbox();
  const { own, front, read, send, statusOf, priceOf, id } = await visitor();
  const status = async (key: string, form = {}) =>
    (await send(`${own}/change/${await priceOf(key)}`, form)).status;
  expect(await status("support")).toBe(404);
  expect(await status("credits_500")).toBe(404);
  expect(await status("professional_month")).toBe(404); // it is the plan, and its quantity is fixed
  for (const quantity of ["0", "6", "1.5", "x"]) expect(await status("team_month", { quantity })).toBe(402);
  await stripe.subscriptionItems.create({ subscription: id, price: await priceOf("support") });
  expect(await status("team_month")).toBe(404);
  expect(await statusOf(`${own}/change`)).toBe(404); // as with Stripe: a plan of several items is not switched
  expect(await read(front)).not.toContain("Change the plan");
  expect((await send(`${own}/cancel`)).status).toBe(303);
});

test("portal: the reason of who leaves is kept, one that was not offered is not, and taking it back forgets it", async () => {
  const { own, send, plan, read } = await visitor();
  expect(await read(`${own}/cancel`)).toContain("It&#39;s too expensive");
  await send(`${own}/cancel`, { feedback: "too_expensive", comment: ` ${evil}\u0000 ` });
  expect((await plan()).cancellation_details).toMatchObject({ feedback: "too_expensive", comment: evil });
  await send(`${own}/resume`);
  expect(feedbackOf(await plan())).toBeNull();
  await send(`${own}/cancel`, { feedback: "a bribe" });
  expect(feedbackOf(await plan())).toBeNull();
});

test("portal: a paused plan costs nothing, and is charged when it goes on", async () => {
  const { daysOn } = sandbox();
  const { own, send, plan, read } = await visitor();
  await daysOn(15);
  await send(`${own}/pause`);
  expect((await plan()).status).toBe("paused");
  expect((await send(`${own}/pause`)).status).toBe(404);
  await daysOn(60);
  expect(await read()).toContain("Resume the plan");
  expect((await send(`${own}/unpause`)).status).toBe(303);
  expect(await plan(["latest_invoice"])).toMatchObject({
    status: "active",
    latest_invoice: { status: "paid" },
  });
  expect((await send(`${own}/unpause`)).status).toBe(402);
});

test("portal: a card is added, made the default and removed; the one that is charged stays", async () => {
  const { stripe } = sandbox();
  const { front, send, customer, plan, read } = await visitor();
  const first = String((await plan()).default_payment_method);
  expect((await send(`${front}/methods/${first}/remove`)).status).toBe(404);
  expect((await send(`${front}/methods`, { number: cards.declined, ...typed })).status).toBe(402);
  expect((await send(`${front}/methods`, { number: cards.pays, ...typed })).status).toBe(303);
  const second = String((await plan()).default_payment_method);
  expect(second).not.toBe(first);
  await send(`${front}/methods/${first}/default`);
  expect(await stripe.customers.retrieve(customer)).toMatchObject({
    invoice_settings: { default_payment_method: first },
  });
  expect((await plan()).default_payment_method).toBe(first);
  expect((await send(`${front}/methods/${second}/remove`)).status).toBe(303);
  expect((await stripe.customers.listPaymentMethods(customer)).data.map(({ id }) => id)).toEqual([first]);
  const other = await visitor();
  expect((await send(`${other.front}/methods/${first}/default`)).status).toBe(404);
  expect(await read()).not.toContain("4242 4242");
});

test("portal: the address and tax id are the customer's at Stripe, and every word is text", async () => {
  const { stripe } = sandbox();
  const { front, send, customer, read } = await visitor();
  const form = { name: evil, email: "ada@example.com", line1: evil, city: "Paris", country: "FR" };
  for (const wrong of [
    { country: "France" },
    { email: "ada" },
    { city: "a\u0000b" },
    { name: "x".repeat(201) },
  ])
    expect((await send(`${front}/details`, { ...form, ...wrong })).status).toBe(400);
  expect((await send(`${front}/details`, form)).status).toBe(303);
  expect((await send(`${front}/details/tax`, { tax_type: "eu_vat", tax_value: "nonsense!" })).status).toBe(
    400,
  );
  expect(
    (await send(`${front}/details/tax`, { tax_type: "eu_vat", tax_value: "fr12345678901" })).status,
  ).toBe(303);
  const known = await stripe.customers.retrieve(customer, { expand: ["tax_ids"] });
  expect(known).toMatchObject({
    name: evil,
    address: { line1: evil, city: "Paris", country: "FR", postal_code: null },
    tax_ids: { data: [{ type: "eu_vat", value: "FR12345678901" }] },
  });
  for (const page of [await read(), await read(`${front}/details`)]) expect(page).not.toContain("<script>");
  const [, remove = ""] = /action="([^"]*txi_[^"]*)"/.exec(await read()) ?? [];
  await send(sandbox().publicUrl + remove);
  expect(await stripe.customers.retrieve(customer, { expand: ["tax_ids"] })).toMatchObject({
    tax_ids: { data: [] },
  });
});

test("portal: a flow begins on its page and ends where the shop wants", async () => {
  const { stripe } = sandbox();
  const { id, customer, send, read, priceOf, plan } = await visitor();
  const back = "http://127.0.0.1:21000/billing";
  const redirect: Stripe.BillingPortal.SessionCreateParams.FlowData.AfterCompletion = {
    type: "redirect",
    redirect: { return_url: back },
  };
  const flow = async (flow_data: Stripe.BillingPortal.SessionCreateParams.FlowData) =>
    (await stripe.billingPortal.sessions.create({ customer, return_url: back, flow_data })).url;

  const card = await flow({ type: "payment_method_update", after_completion: redirect });
  expect(await read(card)).toContain(`href="${back}"`);
  expect((await send(card, { number: cards.pays, ...typed })).headers.get("location")).toBe(back);
  const items = [{ id: String((await plan()).items.data[0]?.id), price: await priceOf("professional_year") }];
  const update = await flow({
    type: "subscription_update_confirm",
    subscription_update_confirm: { subscription: id, items },
  });
  expect(paidNow(await read(update))).toBe("$275.91");
  const cancel = await flow({ type: "subscription_cancel", subscription_cancel: { subscription: id } });
  expect(await read(cancel)).toContain("Cancel Professional?");
  expect((await send(cancel)).headers.get("location")).toMatch(/^\/portal\/bps_/);
  expect((await plan()).cancel_at).not.toBeNull();
  await expect(
    flow({ type: "subscription_cancel", subscription_cancel: { subscription: id } }),
  ).rejects.toMatchObject({ message: "The subscription is already set to be canceled." });
  const other = await visitor();
  await expect(
    flow({ type: "subscription_pause", subscription_pause: { subscription: other.id } }),
  ).rejects.toMatchObject({ code: "resource_missing" });
});

test("portal: what the configuration turns off is neither shown nor done", async () => {
  const { adminUrl } = sandbox().db;
  const { own, front, send, statusOf, read, plan } = await visitor();
  await turnOff(
    adminUrl,
    ...["customer_update", "invoice_history", "payment_method_update"],
    ...["subscription_cancel", "subscription_pause", "subscription_update"],
  );
  for (const path of ["/change", "/cancel", "/pause", "/card"]) expect(await statusOf(own + path)).toBe(404);
  for (const path of ["/methods", "/details"]) expect(await statusOf(front + path)).toBe(404);
  for (const path of [`${own}/cancel`, `${own}/pause`, `${front}/details`, `${front}/details/tax`])
    expect((await send(path)).status).toBe(404);
  expect((await send(`${front}/methods`, { number: cards.pays, ...typed })).status).toBe(404);
  expect(await read()).not.toMatch(/Cancel|Pause|Change|Payment methods|Invoices|information/);
  expect(await plan()).toMatchObject({ status: "active", cancel_at: null });
});

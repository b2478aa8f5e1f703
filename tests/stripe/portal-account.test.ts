import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { turnOff } from "./portal-features.ts";
import { evil, paidNow, sold, visitorOf } from "./portal-visitor.ts";
import { cards, sandboxOfFile, typed } from "./support.ts";

const sandbox = sandboxOfFile("2026-06-01T00:00:00Z");
beforeAll(() => sandbox().restart(sold));
const visitor = (...given: [plan?: string, card?: string]) => visitorOf(sandbox(), ...given);

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
  const other = await visitor("team_month");
  const [seats] = (await other.plan()).items.data;
  const more = await stripe.billingPortal.sessions.create({
    customer: other.customer,
    flow_data: {
      type: "subscription_update_confirm",
      subscription_update_confirm: { subscription: other.id, items: [{ id: seats?.id ?? "", quantity: 3 }] },
    },
  });
  expect(paidNow(await read(more.url))).toBe("$59.98");
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

import type Stripe from "stripe";
import { expect, test } from "vitest";
import { amountsOf, june, lifeOf, linesOf } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test.each([
  ["an upgrade at once", "always_invoice", [-500, 1000]],
  ["an upgrade at the renewal", "create_prorations", [-500, 1000, 2000]],
  ["an upgrade without prorations", "none", [2000]],
] as const)("preview: %s is previewed as it then is, and nothing is kept", async (_, behavior, amounts) => {
  const { stripe } = sandbox();
  const { id, item, prices, customer, to, change, latest } = await lifeOf(sandbox());
  await to(june.half);
  const preview = await stripe.invoices.createPreview({
    customer,
    subscription: id,
    subscription_details: {
      items: [{ id: item, price: prices.big }],
      proration_behavior: behavior,
    },
  });
  expect(amountsOf(preview)).toEqual(amounts);
  expect(preview).toMatchObject({ status: "draft", billing_reason: "upcoming", number: null });
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
  await change("big", { proration_behavior: behavior });
  if (behavior !== "always_invoice") await to(june.end + 2 * 3600);
  expect(linesOf(await latest())).toEqual(linesOf(preview));
  expect((await latest()).amount_due).toBe(preview.amount_due);
});

test("preview: a change at a given second is the change of that second, however late it is made", async () => {
  const { stripe } = sandbox();
  const { id, item, prices, to, change, latest } = await lifeOf(sandbox());
  await to(june.half);
  const given = { proration_behavior: "always_invoice", proration_date: june.half } as const;
  const items = [{ id: item, price: prices.big }];
  const preview = await stripe.invoices.createPreview({
    subscription: id,
    subscription_details: { items, ...given },
  });
  await to(june.half + 600);
  await change("big", given);
  expect(linesOf(await latest())).toEqual(linesOf(preview));
});

test("preview: without a change it is the next renewal, with what waits for it", async () => {
  const { stripe } = sandbox();
  const { id, to, change } = await lifeOf(sandbox());
  const next = (given: Partial<Stripe.InvoiceCreatePreviewParams> = {}) =>
    stripe.invoices.createPreview({ subscription: id, ...given });
  expect(amountsOf(await next())).toEqual([1000]);
  await to(june.half);
  await change("big");
  expect(await next()).toMatchObject({ total: 2500, period_start: june.start, period_end: june.end });
  expect(amountsOf(await next({ preview_mode: "recurring" }))).toEqual([2000]);
});

test("preview: of a plan that ends there is none", async () => {
  const { stripe } = sandbox();
  const { id } = await lifeOf(sandbox());
  await expect(
    stripe.invoices.createPreview({ subscription: id, subscription_details: { cancel_at_period_end: true } }),
  ).rejects.toMatchObject({ statusCode: 404, code: "invoice_upcoming_none" });
  expect((await stripe.subscriptions.retrieve(id)).cancel_at).toBeNull();
});

test("preview: a credit is taken by the balance, and the balance pays what is due", async () => {
  const { stripe } = sandbox();
  const { id, to, change, prices, item } = await lifeOf(sandbox(), "big");
  await to(june.half);
  const items = [{ id: item, price: prices.small }];
  const subscription_details = { items, proration_behavior: "always_invoice" } as const;
  const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details });
  expect(preview).toMatchObject({ total: -500, amount_due: 0 });
  await change("small", { proration_behavior: "always_invoice" });
  const next = await stripe.invoices.createPreview({ subscription: id });
  expect(next).toMatchObject({ total: 1000, starting_balance: -500, amount_due: 500 });
});

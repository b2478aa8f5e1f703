import { expect, test } from "vitest";
import { day, june, lifeOf } from "./plans.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("subscription: made without a page it charges the card that is named", async () => {
  const { stripe } = sandbox();
  const { prices, customer, card } = await lifeOf(sandbox());
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: prices.big, quantity: 2 }, { price: prices.extra }],
    default_payment_method: card,
    metadata: { account_id: "account-1" },
    expand: ["latest_invoice"],
  });
  expect(made).toMatchObject({
    status: "active",
    created: june.start,
    latest_invoice: { status: "paid", total: 4400, billing_reason: "subscription_create" },
  });
});

test.each([
  ["allow_incomplete", true],
  ["default_incomplete", false],
] as const)(
  "subscription: with %s one that is not paid is incomplete, and expires after 23 hours",
  async (payment_behavior, attempted) => {
    const { stripe } = sandbox();
    const { prices, customer, card, to } = await lifeOf(sandbox(), "free", cards.failsLater);
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: prices.big }],
      default_payment_method: card,
      payment_behavior,
      expand: ["latest_invoice"],
    });
    expect(made).toMatchObject({ status: "incomplete", latest_invoice: { status: "open", attempted } });
    await expect(
      stripe.subscriptions.update(made.id, { items: [{ price: prices.extra }] }),
    ).rejects.toMatchObject({ statusCode: 400 });
    await to(june.start + 23 * 3600);
    const expired = await stripe.subscriptions.retrieve(made.id, { expand: ["latest_invoice"] });
    expect(expired).toMatchObject({ status: "incomplete_expired", latest_invoice: { status: "void" } });
    await to(june.start + 31 * day);
    expect((await stripe.invoices.list({ subscription: made.id })).data).toHaveLength(1);
  },
);

test("subscription: with error_if_incomplete one that is not paid is not there", async () => {
  const { stripe } = sandbox();
  const { prices, customer, card } = await lifeOf(sandbox(), "free", cards.failsLater);
  const items = [{ price: prices.big }];
  const given = { customer, items, payment_behavior: "error_if_incomplete" } as const;
  await expect(stripe.subscriptions.create({ ...given, default_payment_method: card })).rejects.toMatchObject(
    { statusCode: 402, code: "card_declined" },
  );
  await expect(stripe.subscriptions.create(given)).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.subscriptions.list({ customer })).data).toHaveLength(1);
});

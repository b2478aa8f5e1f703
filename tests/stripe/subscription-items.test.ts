import type Stripe from "stripe";
import { expect, test } from "vitest";
import { amountsOf, june, lifeOf } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("items: quantity, one more and one less are prorated each by itself", async () => {
  const { stripe } = sandbox();
  const { id, item, prices, latest, to } = await lifeOf(sandbox());
  await to(june.half);
  const grown = await stripe.subscriptions.update(id, {
    items: [
      { id: item, quantity: 3 },
      { price: prices.extra, metadata: { kind: "seat" } },
    ],
    proration_behavior: "always_invoice",
  });
  expect(grown.items.data.map(({ quantity, price }) => [quantity, price.id])).toEqual([
    [3, prices.small],
    [1, prices.extra],
  ]);
  expect(grown.items.data[1]).toMatchObject({
    metadata: { kind: "seat" },
    current_period_start: june.start,
    current_period_end: june.end,
  });
  expect(amountsOf(await latest())).toEqual([-500, 1500, 200]);
  await to(june.threeQuarters);
  const shrunk = await stripe.subscriptions.update(id, {
    items: [{ id: item, deleted: true }],
    proration_behavior: "always_invoice",
  });
  expect(shrunk.items.data).toHaveLength(1);
  expect(amountsOf(await latest())).toEqual([-750]);
});

test("items: with another price the quantity is 1 again unless it is given", async () => {
  const { stripe } = sandbox();
  const { id, item, prices, change } = await lifeOf(sandbox());
  await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 4 }] });
  expect((await change("big")).items.data[0]).toMatchObject({ quantity: 1 });
  const given = { id: item, price: prices.small, quantity: 2 };
  expect((await stripe.subscriptions.update(id, { items: [given] })).items.data[0]?.quantity).toBe(2);
});

test("items: what cannot be subscribed to is refused, and nothing is changed", async () => {
  const { stripe } = sandbox();
  const { id, item, prices, read } = await lifeOf(sandbox());
  const update = (...items: Stripe.SubscriptionUpdateParams.Item[]) =>
    stripe.subscriptions.update(id, { items });
  await expect(update({ id: "si_none", quantity: 2 })).rejects.toMatchObject({ code: "resource_missing" });
  await expect(update({ id: item, deleted: true })).rejects.toMatchObject({ param: "items" });
  await expect(update({ price: prices.small })).rejects.toMatchObject({ param: "items" });
  await expect(update({ quantity: 2 })).rejects.toMatchObject({ param: "items" });
  await expect(update({ id: item, quantity: 0 })).rejects.toMatchObject({ param: "items[0][quantity]" });
  const { data } = await stripe.prices.list({ lookup_keys: ["credits_500"] });
  await expect(update({ price: data[0]?.id ?? "" })).rejects.toMatchObject({ param: "items[0][price]" });
  expect((await read()).items.data.map(({ quantity, price }) => [quantity, price.id])).toEqual([
    [1, prices.small],
  ]);
});

test("subscription items: one is added, changed and taken away by itself", async () => {
  const { stripe } = sandbox();
  const { id, prices, latest, to, read } = await lifeOf(sandbox());
  await to(june.half);
  const proration_behavior = "always_invoice";
  const added = await stripe.subscriptionItems.create({
    subscription: id,
    price: prices.extra,
    proration_behavior,
  });
  expect(added).toMatchObject({ object: "subscription_item", quantity: 1, price: { id: prices.extra } });
  expect(amountsOf(await latest())).toEqual([200]);
  expect((await latest()).created).toBe(june.half);
  const changed = await stripe.subscriptionItems.update(added.id, { quantity: 2, proration_behavior });
  expect(changed.quantity).toBe(2);
  expect(amountsOf(await latest())).toEqual([-200, 400]);
  const deleted = await stripe.subscriptionItems.del(added.id, { proration_behavior });
  expect(deleted).toEqual(expect.objectContaining({ id: added.id, deleted: true }));
  expect(amountsOf(await latest())).toEqual([-400]);
  expect((await read()).items.data).toHaveLength(1);
  await expect(stripe.subscriptionItems.update(added.id, { quantity: 1 })).rejects.toMatchObject({
    statusCode: 404,
  });
});

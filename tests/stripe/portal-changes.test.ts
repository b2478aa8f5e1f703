import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { evil, paidNow, sold, visitorOf } from "./portal-visitor.ts";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile("2026-06-01T00:00:00Z");
beforeAll(() => sandbox().restart(sold));
const visitor = (...given: [plan?: string, card?: string]) => visitorOf(sandbox(), ...given);

const feedbackOf = ({ cancellation_details: details }: Stripe.Subscription) => details?.feedback;

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

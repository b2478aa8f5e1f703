import { expect, test } from "vitest";
import { amountsOf, june, lifeOf } from "./plans.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("cancel: what the customer says of it is kept, now or at the period's end", async () => {
  const { stripe } = sandbox();
  const now = await lifeOf(sandbox());
  const canceled = await stripe.subscriptions.cancel(now.id, {
    cancellation_details: { comment: "Too much", feedback: "too_expensive" },
  });
  expect(canceled.cancellation_details).toMatchObject({
    comment: "Too much",
    feedback: "too_expensive",
    reason: "cancellation_requested",
  });
  const later = await lifeOf(sandbox());
  await stripe.subscriptions.update(later.id, {
    cancel_at_period_end: true,
    cancellation_details: { feedback: "unused" },
  });
  await later.to(june.end);
  expect(await later.read()).toMatchObject({
    status: "canceled",
    cancellation_details: { comment: null, feedback: "unused", reason: "cancellation_requested" },
  });
});

test("cancel: taken back, what was said of it is gone", async () => {
  const { stripe } = sandbox();
  const { id } = await lifeOf(sandbox());
  await stripe.subscriptions.update(id, {
    cancel_at_period_end: true,
    cancellation_details: { comment: "Bye" },
  });
  const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  expect(kept.cancellation_details).toMatchObject({ comment: null, reason: null });
});

test.each([
  [{ prorate: true, invoice_now: true }, [-500], -500],
  [{ prorate: true }, undefined, 0],
  [{ invoice_now: true }, undefined, 0],
] as const)(
  "cancel: with %j the last invoice has the lines %j, and the balance is %i",
  async (given, lines, balance) => {
    const { stripe } = sandbox();
    const { id, to, customer } = await lifeOf(sandbox());
    await to(june.half);
    const { latest_invoice } = await stripe.subscriptions.cancel(id, {
      ...given,
      expand: ["latest_invoice"],
    });
    if (latest_invoice === null || typeof latest_invoice === "string") throw new Error("there is no invoice");
    expect(amountsOf(latest_invoice)).toEqual(lines ?? [1000]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance });
  },
);

test("cancel: prorations that waited are invoiced when that is asked, and gone when it is not", async () => {
  const { stripe } = sandbox();
  const waiting = async () => {
    const life = await lifeOf(sandbox());
    await life.to(june.half);
    await life.change("big");
    return life;
  };
  const invoiced = await waiting();
  await stripe.subscriptions.cancel(invoiced.id, { invoice_now: true });
  expect(await invoiced.latest()).toMatchObject({ status: "paid", amount_paid: 500 });
  const dropped = await waiting();
  await stripe.subscriptions.cancel(dropped.id);
  expect((await stripe.invoices.list({ subscription: dropped.id })).data).toHaveLength(1);
  const { data } = await stripe.events.list({ type: "invoiceitem.deleted" });
  expect(data).toHaveLength(2);
});

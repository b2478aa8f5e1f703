import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("refund: the whole payment, found by payment and by charge, with its charge's sum", async () => {
  const { stripe, buyPack } = sandbox();
  const { payment } = await buyPack();
  const refund = await stripe.refunds.create({
    payment_intent: payment,
    reason: "requested_by_customer",
    metadata: { ticket: "7" },
  });
  expect(refund).toMatchObject({ status: "succeeded", amount: 500, payment_intent: payment });
  const charge = await stripe.charges.retrieve(String(refund.charge), { expand: ["refunds"] });
  expect(charge).toMatchObject({ payment_intent: payment, amount_refunded: 500, refunded: true });
  expect(charge.refunds?.data.map(({ id }) => id)).toEqual([refund.id]);
  for (const filter of [{ payment_intent: payment }, { charge: charge.id }])
    expect((await stripe.refunds.list(filter)).data.map(({ id }) => id)).toEqual([refund.id]);
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ metadata: { ticket: "7" } });
});

test("refund: in parts, each an event of its own, until nothing is left", async () => {
  const { stripe, buyPack, deliveredBy } = sandbox();
  const { payment } = await buyPack();
  const sums: unknown[] = [];
  const delivered = await deliveredBy(async () => {
    for (const amount of [100, 150, undefined]) {
      const refund = await stripe.refunds.create({ payment_intent: payment, ...(amount && { amount }) });
      const charge = await stripe.charges.retrieve(String(refund.charge));
      sums.push([refund.amount, charge.amount_refunded, charge.refunded]);
    }
  });
  expect(sums).toEqual([
    [100, 100, false],
    [150, 250, false],
    [250, 500, true],
  ]);
  expect(delivered).toEqual(Array(3).fill(["refund.created", "charge.refunded"]).flat());
});

test("refund: more than is left is refused in Stripe's words, and nothing changes", async () => {
  const { stripe, buyPack } = sandbox();
  const { payment } = await buyPack();
  const refund = (amount?: number) =>
    stripe.refunds.create({ payment_intent: payment, ...(amount !== undefined && { amount }) });
  await expect(refund(501)).rejects.toMatchObject({
    statusCode: 400,
    type: "StripeInvalidRequestError",
    param: "amount",
    message: "Refund amount ($5.01) is greater than charge amount ($5.00)",
  });
  await refund(300);
  await expect(refund(201)).rejects.toMatchObject({
    param: "amount",
    message: "Refund amount ($2.01) is greater than unrefunded amount on charge ($2.00)",
  });
  await expect(refund(0)).rejects.toMatchObject({ param: "amount", code: "parameter_invalid_integer" });
  await refund();
  await expect(refund()).rejects.toMatchObject({ code: "charge_already_refunded" });
  expect((await stripe.refunds.list({ payment_intent: payment })).data).toHaveLength(2);
});

test("refund: of no payment, of two names, of one that never succeeded is refused", async () => {
  const { stripe, buyPack, subscribe, daysOn } = sandbox();
  const { payment } = await buyPack();
  const [charge] = (await stripe.charges.list({ payment_intent: payment })).data;
  await expect(stripe.refunds.create({})).rejects.toMatchObject({ statusCode: 400 });
  await expect(
    stripe.refunds.create({ payment_intent: payment, charge: charge?.id ?? "" }),
  ).rejects.toMatchObject({ statusCode: 400 });
  await expect(stripe.refunds.create({ charge: "ch_none" })).rejects.toMatchObject({ param: "charge" });
  const { subscription, customer } = await subscribe("professional_month", cards.failsLater);
  await daysOn(32);
  const [failed] = (await stripe.charges.list({ customer: customer.id })).data;
  expect(failed?.status).toBe("failed");
  for (const of of [{ charge: failed?.id ?? "" }, { payment_intent: String(failed?.payment_intent) }])
    await expect(stripe.refunds.create(of)).rejects.toMatchObject({ statusCode: 400 });
  await stripe.subscriptions.cancel(subscription.id);
});

test("refund: a payment is paired with its invoice or with its session", async () => {
  const { stripe, buyPack, subscribe } = sandbox();
  const { subscription } = await subscribe("professional_month");
  const invoice = String(subscription.latest_invoice);
  const [pair] = (await stripe.invoicePayments.list({ invoice })).data;
  const paid = String(pair?.payment.payment_intent);
  const refund = await stripe.refunds.create({ payment_intent: paid, amount: 1000 });
  const pairs = await stripe.invoicePayments.list({
    payment: { type: "payment_intent", payment_intent: String(refund.payment_intent) },
  });
  expect(pairs.data.map((one) => one.invoice)).toEqual([invoice]);
  const { session, payment } = await buyPack();
  const sessions = await stripe.checkout.sessions.list({ payment_intent: payment });
  expect(sessions.data.map(({ id }) => id)).toEqual([session.id]);
});

test("refund: pending at first, it succeeds a minute later", async () => {
  const { stripe, buyPack, secondsOn, deliveredBy } = sandbox();
  const { payment } = await buyPack(cards.refundPending);
  const { id, status } = await stripe.refunds.create({ payment_intent: payment });
  expect(status).toBe("pending");
  await secondsOn(59);
  expect((await stripe.refunds.retrieve(id)).status).toBe("pending");
  expect(await deliveredBy(() => secondsOn(1))).toEqual(["refund.updated"]);
  expect((await stripe.refunds.retrieve(id)).status).toBe("succeeded");
});

test("refund: one that fails later gives the money back to us, and can be tried again", async () => {
  const { stripe, buyPack, secondsOn, deliveredBy } = sandbox();
  const { payment } = await buyPack(cards.refundFails);
  const refund = await stripe.refunds.create({ payment_intent: payment, amount: 200 });
  expect(refund.status).toBe("succeeded");
  expect(await deliveredBy(() => secondsOn(60))).toEqual(["refund.failed", "refund.updated"]);
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({
    status: "failed",
    failure_reason: "expired_or_canceled_card",
  });
  expect(await stripe.charges.retrieve(String(refund.charge))).toMatchObject({ amount_refunded: 0 });
  expect((await stripe.refunds.create({ payment_intent: payment })).amount).toBe(500);
  expect(await deliveredBy(() => secondsOn(60))).toEqual(["refund.failed", "refund.updated"]);
});

test("refund: one that waits for the customer can be cancelled, no other can", async () => {
  const { stripe, buyPack, deliveredBy } = sandbox();
  const { payment } = await buyPack();
  const given = { payment_intent: payment, instructions_email: "ada@example.com" };
  const waiting = await stripe.refunds.create(given);
  expect(waiting.status).toBe("requires_action");
  expect(await deliveredBy(() => stripe.refunds.cancel(waiting.id))).toEqual(["refund.updated"]);
  expect(await stripe.refunds.retrieve(waiting.id)).toMatchObject({
    status: "canceled",
    failure_reason: "merchant_request",
  });
  const done = await stripe.refunds.create({ payment_intent: payment });
  expect(done.amount).toBe(500);
  for (const { id } of [waiting, done])
    await expect(stripe.refunds.cancel(id)).rejects.toMatchObject({ statusCode: 400 });
});

test("refund: instructions that the customer does not follow end in a failure after 45 days", async () => {
  const { stripe, buyPack, daysOn, deliveredBy } = sandbox();
  const { payment } = await buyPack();
  const given = { payment_intent: payment, instructions_email: "ada@example.com" };
  const { id } = await stripe.refunds.create(given);
  const delivered = await deliveredBy(() => daysOn(46));
  expect(delivered.filter((type) => type.startsWith("refund."))).toEqual(["refund.failed", "refund.updated"]);
  expect((await stripe.refunds.retrieve(id)).status).toBe("failed");
});

test("refund: its metadata can be changed, and that is an event", async () => {
  const { stripe, buyPack, deliveredBy } = sandbox();
  const { payment } = await buyPack();
  const { id } = await stripe.refunds.create({ payment_intent: payment });
  const metadata = { by: "owner" };
  expect(await deliveredBy(() => stripe.refunds.update(id, { metadata }))).toEqual(["refund.updated"]);
  expect((await stripe.refunds.retrieve(id)).metadata).toEqual(metadata);
  const [event] = (await stripe.events.list({ type: "charge.refund.updated" })).data;
  expect(event?.data.object).toMatchObject({ id });
});

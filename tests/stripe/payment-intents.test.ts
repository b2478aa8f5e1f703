import Stripe from "stripe";
import { expect, test } from "vitest";
import { cards, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

/** A customer who keeps a card, and what charges it while nobody is there. */
async function customerWith(number = cards.pays) {
  const { stripe, subscribe } = sandbox();
  const { customer, subscription } = await subscribe("professional_month", number);
  const method = String(subscription.default_payment_method);
  const topUp = (given: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({
      amount: 500,
      currency: "usd",
      customer: customer.id,
      payment_method: method,
      confirm: true,
      off_session: true,
      metadata: { pack: "credits_500@1", account_id: "account-1" },
      ...given,
    });
  return { customer: customer.id, method, topUp };
}

test("off session: a stored card is charged without its holder, and the event carries the metadata", async () => {
  const { stripe, deliveredBy, webhook } = sandbox();
  const { topUp } = await customerWith();
  expect(await deliveredBy(() => topUp())).toEqual(["payment_intent.succeeded"]);
  const payment = webhook.events.at(-1)?.data.object;
  expect(payment).toMatchObject({
    status: "succeeded",
    amount_received: 500,
    metadata: { pack: "credits_500@1" },
  });
  if (payment?.object !== "payment_intent") throw new Error("the last event is of something else");
  expect((await stripe.refunds.create({ payment_intent: payment.id })).amount).toBe(500);
});

test("off session: a decline is an error that names the payment, which stays and can be tried again", async () => {
  const { stripe, deliveredBy } = sandbox();
  const { topUp } = await customerWith(cards.failsLater);
  const good = await customerWith();
  let refused: unknown;
  expect(await deliveredBy(() => topUp().catch((error) => (refused = error)))).toEqual([
    "payment_intent.payment_failed",
  ]);
  if (!(refused instanceof Stripe.errors.StripeCardError)) throw new Error("the card was not refused");
  expect(refused).toMatchObject({ statusCode: 402, code: "card_declined", decline_code: "generic_decline" });
  const id = refused.payment_intent?.id ?? "";
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({
    status: "requires_payment_method",
    last_payment_error: { decline_code: "generic_decline" },
  });
  await expect(
    stripe.paymentIntents.confirm(id, { payment_method: good.method, off_session: true }),
  ).rejects.toMatchObject({ param: "payment_method" });
  expect((await stripe.paymentIntents.cancel(id)).status).toBe("canceled");
  await expect(stripe.paymentIntents.confirm(id)).rejects.toMatchObject({
    code: "payment_intent_unexpected_state",
  });
});

test("off session: the same key charges once, and answers a decline again", async () => {
  const { stripe } = sandbox();
  for (const number of [cards.pays, cards.failsLater]) {
    const { customer, method } = await customerWith(number);
    const before = (await stripe.charges.list({ customer })).data.length;
    const given = { amount: 500, currency: "usd", customer, payment_method: method };
    const options = { idempotencyKey: `top-up ${number}` };
    const once = () =>
      stripe.paymentIntents
        .create({ ...given, confirm: true, off_session: true }, options)
        .then(({ status }) => status)
        .catch((error: unknown) => (error instanceof Stripe.errors.StripeCardError ? error.code : error));
    expect(await once()).toBe(await once());
    expect((await stripe.charges.list({ customer })).data.length).toBe(before + 1);
  }
});

test("payment intent: made without confirming, it waits until it is confirmed or cancelled", async () => {
  const { stripe } = sandbox();
  const { topUp, method, customer } = await customerWith();
  const open = await stripe.paymentIntents.create({ amount: 500, currency: "usd", customer });
  expect(open.status).toBe("requires_payment_method");
  await expect(stripe.paymentIntents.confirm(open.id)).rejects.toMatchObject({ param: "payment_method" });
  const waiting = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    customer,
    payment_method: method,
  });
  expect(waiting.status).toBe("requires_confirmation");
  expect((await stripe.paymentIntents.confirm(waiting.id)).status).toBe("succeeded");
  await expect(stripe.paymentIntents.cancel(waiting.id)).rejects.toMatchObject({ statusCode: 400 });
  await expect(topUp({ confirm: false })).rejects.toMatchObject({ param: "off_session" });
  await expect(topUp({ amount: 0 })).rejects.toMatchObject({ param: "amount" });
});

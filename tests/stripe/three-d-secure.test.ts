import { expect, test } from "vitest";
import { cards, sandboxOfFile, typed } from "./support.ts";

const sandbox = sandboxOfFile();

test("checkout: the bank asks before the card pays, and nothing is paid until it was answered", async () => {
  const { openSession, pay, stripe } = sandbox();
  const { session } = await openSession("credits_500");
  const asked = await pay(session.id, cards.asksOnce);
  expect(asked.status).toBe(200);
  expect(await asked.text()).toContain("Complete authentication");
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("open");
  const failed = await pay(session.id, cards.asksOnce, { ...typed, authentication: "fail" });
  expect(failed.status).toBe(402);
  expect(await failed.text()).toContain("We are unable to authenticate your payment method.");
  const paid = await pay(session.id, cards.asksOnce, { ...typed, authentication: "complete" });
  expect(paid.status).toBe(303);
  expect((await stripe.checkout.sessions.retrieve(session.id)).payment_status).toBe("paid");
});

test("renewal: a card that was authenticated once renews, one that always asks needs the customer", async () => {
  const { stripe, subscribe, deliveredBy, daysOn } = sandbox();
  const once = await subscribe("professional_month", cards.asksOnce);
  await daysOn(32);
  expect((await stripe.subscriptions.retrieve(once.subscription.id)).status).toBe("active");
  await stripe.subscriptions.cancel(once.subscription.id);
  const always = await subscribe("professional_month", cards.asksAlways);
  expect(await deliveredBy(() => daysOn(32))).toEqual(
    expect.arrayContaining(["invoice.payment_failed", "invoice.payment_action_required"]),
  );
  expect((await stripe.subscriptions.retrieve(always.subscription.id)).status).toBe("past_due");
  await stripe.subscriptions.cancel(always.subscription.id);
});

test("portal: the bank asks before another card is taken for a plan", async () => {
  const { stripe, subscribe, pay } = sandbox();
  const { customer, subscription } = await subscribe("professional_month");
  const { url } = await stripe.billingPortal.sessions.create({ customer: customer.id });
  const path = `${new URL(url).pathname}/${subscription.id}/card`;
  const methodOf = async () => (await stripe.subscriptions.retrieve(subscription.id)).default_payment_method;
  expect((await pay(path, cards.asksOnce)).status).toBe(200);
  const failed = await pay(path, cards.asksOnce, { ...typed, authentication: "fail" });
  expect(await failed.text()).toContain("We are unable to authenticate your payment method.");
  expect(await methodOf()).toBe(subscription.default_payment_method);
  expect((await pay(path, cards.asksOnce, { ...typed, authentication: "complete" })).status).toBe(303);
  expect(await methodOf()).not.toBe(subscription.default_payment_method);
});

test.each([
  ["complete", "succeeded", "payment_intent.succeeded"],
  ["fail", "requires_payment_method", "payment_intent.payment_failed"],
])("payment intent: the holder answers the bank with %s", async (authentication, status, event) => {
  const { stripe, subscribe, publicUrl, deliveredBy } = sandbox();
  const { customer, subscription } = await subscribe("professional_month", cards.asksAlways);
  const given = {
    amount: 500,
    currency: "usd",
    customer: customer.id,
    payment_method: String(subscription.default_payment_method),
    confirm: true,
  };
  await expect(stripe.paymentIntents.create({ ...given, off_session: true })).rejects.toMatchObject({
    statusCode: 402,
    code: "authentication_required",
  });
  await expect(stripe.paymentIntents.create(given)).rejects.toMatchObject({ param: "return_url" });
  const asked = await stripe.paymentIntents.create({ ...given, return_url: "http://127.0.0.1:21000/back" });
  expect(asked.status).toBe("requires_action");
  const url = String(asked.next_action?.redirect_to_url?.url);
  expect(await (await fetch(url)).text()).toContain("Is it you who pays?");
  const body = new URLSearchParams({ authentication });
  const delivered = await deliveredBy(async () => {
    const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
    expect(answer.headers.get("location")).toBe(`http://127.0.0.1:21000/back?payment_intent=${asked.id}`);
  });
  expect(delivered).toEqual([event]);
  expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe(status);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${publicUrl}/3ds/pi_none`, { method: "POST", body })).status).toBe(404);
  await stripe.subscriptions.cancel(subscription.id);
});

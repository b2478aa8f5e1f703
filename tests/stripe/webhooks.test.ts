import Stripe from "stripe";
import { expect, test } from "vitest";
import { signatureHeader } from "../../local/stripe/webhooks.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();

test("webhooks: an event answered 500 is delivered again, once the clock says so, and signed anew", async () => {
  const { openSession, pay, webhook, nextDue, moveTo, clock, stripe, log } = sandbox();
  const { session } = await openSession("credits_500");
  const before = webhook.events.length;
  // A pack sends two events: the first attempt of each fails, and the second of one.
  webhook.answerNext(500, 503, 404);
  await pay(session.id);
  expect(webhook.events).toHaveLength(before);
  const failed = await stripe.events.list({ delivery_success: false });
  expect(failed.data.map((event) => event.type)).toEqual([
    "checkout.session.completed",
    "payment_intent.succeeded",
  ]);
  expect(log.at(-1)).toMatch(/^checkout\.session\.completed evt_\w+ not delivered \(503\), again at 2026-/);
  expect((await nextDue())?.getTime()).toBe(clock.now.getTime() + 5000);
  await moveTo(new Date(clock.now.getTime() + 5000).toISOString());
  await moveTo(new Date(clock.now.getTime() + 60_000).toISOString());
  expect(webhook.types().slice(before).sort()).toEqual([
    "checkout.session.completed",
    "payment_intent.succeeded",
  ]);
  expect((await stripe.events.list({ delivery_success: false })).data).toEqual([]);
});

test("webhooks: what was not delivered before a restart is delivered after it", async () => {
  const { openSession, pay, webhook, restart, moveTo, clock } = sandbox();
  const { session } = await openSession("credits_500");
  const before = webhook.events.length;
  webhook.answerNext(500, 500);
  await pay(session.id);
  await restart();
  await moveTo(new Date(clock.now.getTime() + 5000).toISOString());
  expect(webhook.events).toHaveLength(before + 2);
});

test("webhooks: an endpoint that stays away for three days is given up on", async () => {
  const { openSession, pay, webhook, nextDue, daysOn } = sandbox();
  const { session } = await openSession("credits_500");
  const before = webhook.events.length;
  webhook.answerNext(...Array(40).fill(500));
  await pay(session.id);
  await daysOn(4);
  expect(webhook.events).toHaveLength(before);
  expect(await nextDue()).toBeNull();
  webhook.answerNext();
});

test("webhooks: only what the endpoint subscribes to is delivered, the rest is listed", async () => {
  const { subscribe, webhook, stripe } = sandbox();
  await subscribe("professional_month");
  expect(webhook.types()).not.toContain("invoice.created");
  expect((await stripe.events.list({ type: "invoice.created" })).data).toHaveLength(1);
});

test("webhooks: events are forgotten after thirty days", async () => {
  const { daysOn, stripe } = sandbox();
  const [newest] = (await stripe.events.list({ limit: 1 })).data;
  await daysOn(40);
  await expect(stripe.events.retrieve(newest?.id ?? "")).rejects.toMatchObject({ statusCode: 404 });
});

test("webhooks: during a rotation either secret verifies", () => {
  const payload = JSON.stringify({ object: "event", id: "evt_1" });
  const header = signatureHeader(payload, "whsec_old,whsec_new");
  for (const secret of ["whsec_old", "whsec_new"])
    expect(Stripe.webhooks.constructEvent(payload, header, secret).id).toBe("evt_1");
  expect(() => Stripe.webhooks.constructEvent(payload, header, "whsec_other")).toThrow();
});

import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { appEvents } from "../../local/stripe/engine/endpoints.ts";
import { effects } from "../../supabase/functions/stripe-webhook/effects.ts";
import { openReceiver } from "./receiver.ts";
import { sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A second endpoint, made through the API; what it is sent must carry the secret it was given. */
async function addEndpoint(given: Omit<Stripe.WebhookEndpointCreateParams, "url">) {
  const { stripe } = sandbox();
  let secret = "";
  const receiver = await openReceiver([], () => secret);
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, ...given });
  secret = String(endpoint.secret);
  closing.push(() => stripe.webhookEndpoints.del(endpoint.id), receiver.close);
  return { id: endpoint.id, receiver };
}

test("endpoint: is made, found, changed and deleted, and only its making tells the secret", async () => {
  const { stripe } = sandbox();
  const made = await stripe.webhookEndpoints.create({
    url: "http://127.0.0.1:9/hook",
    enabled_events: ["invoice.paid"],
    description: "books",
    metadata: { team: "books" },
  });
  expect(made).toMatchObject({
    status: "enabled",
    api_version: null,
    secret: expect.stringMatching(/^whsec_/),
  });
  const { secret: _, ...known } = made;
  expect(await stripe.webhookEndpoints.retrieve(made.id)).toEqual(known);
  const listed = (await stripe.webhookEndpoints.list()).data;
  expect(listed.map(({ id }) => id)).toEqual([made.id, "we_app"]);
  const change = { url: "http://127.0.0.1:9/other", disabled: true, description: "" };
  expect(await stripe.webhookEndpoints.update(made.id, change)).toMatchObject({
    url: "http://127.0.0.1:9/other",
    enabled_events: ["invoice.paid"],
    status: "disabled",
    description: null,
  });
  expect(await stripe.webhookEndpoints.del(made.id)).toMatchObject({ id: made.id, deleted: true });
  await expect(stripe.webhookEndpoints.retrieve(made.id)).rejects.toMatchObject({ statusCode: 404 });
  await expect(
    stripe.webhookEndpoints.create({ url: "not an address", enabled_events: ["*"] }),
  ).rejects.toMatchObject({ param: "url" });
});

test("enabled events: each endpoint is sent what it asked for, signed by its own secret", async () => {
  const { buyPack, webhook } = sandbox();
  const some = await addEndpoint({ enabled_events: ["charge.succeeded"] });
  const all = await addEndpoint({ enabled_events: ["*"] });
  webhook.events.length = 0;
  await buyPack();
  expect(some.receiver.types()).toEqual(["charge.succeeded"]);
  expect(webhook.types()).toEqual(["payment_intent.succeeded", "checkout.session.completed"]);
  expect(all.receiver.types()).toEqual(expect.arrayContaining(["customer.created", ...webhook.types()]));
});

test("enabled events: change of what is asked for holds from the next event on", async () => {
  const { stripe, buyPack } = sandbox();
  const { id, receiver } = await addEndpoint({ enabled_events: ["charge.succeeded"] });
  await stripe.webhookEndpoints.update(id, { enabled_events: ["payment_intent.succeeded"] });
  await buyPack();
  expect(receiver.types()).toEqual(["payment_intent.succeeded"]);
});

test("api_version: an event says the version of its endpoint, the list says the account's", async () => {
  const { stripe, buyPack } = sandbox();
  const { receiver } = await addEndpoint({
    enabled_events: ["charge.succeeded"],
    api_version: "2024-06-20",
  });
  await buyPack();
  const [sent] = receiver.events;
  expect(sent?.api_version).toBe("2024-06-20");
  expect((await stripe.events.retrieve(String(sent?.id))).api_version).toBe("2026-10-28.endive");
});

test("pending: an event is delivered when all its endpoints have taken it", async () => {
  const { stripe, buyPack, secondsOn } = sandbox();
  const { receiver } = await addEndpoint({ enabled_events: ["payment_intent.succeeded"] });
  receiver.answerNext(500);
  await buyPack();
  const find = (delivery_success: boolean) =>
    stripe.events.list({ type: "payment_intent.succeeded", delivery_success, limit: 1 });
  const [waiting] = (await find(false)).data;
  expect(waiting?.pending_webhooks).toBe(1);
  expect((await find(true)).data[0]?.id).not.toBe(waiting?.id);
  await secondsOn(5);
  expect((await find(false)).data).toEqual([]);
  expect((await find(true)).data[0]?.id).toBe(waiting?.id);
});

test("disabled: what an endpoint has not taken is not sent to it any more", async () => {
  const { stripe, buyPack, daysOn, nextDue } = sandbox();
  const { id, receiver } = await addEndpoint({ enabled_events: ["charge.succeeded"] });
  receiver.answerNext(500);
  await buyPack();
  await stripe.webhookEndpoints.update(id, { disabled: true });
  expect(await nextDue()).toBeNull();
  await daysOn(1);
  await buyPack();
  expect(receiver.types()).toEqual([]);
  await stripe.webhookEndpoints.update(id, { disabled: false });
  await buyPack();
  expect(receiver.types()).toEqual(["charge.succeeded"]);
});

test("events: are listed since a time, by types, and in pages without gaps", async () => {
  const { stripe, buyPack, secondsOn, clock } = sandbox();
  await secondsOn(60);
  const since = Math.floor(clock.now.getTime() / 1000);
  await buyPack();
  await secondsOn(60);
  await buyPack();
  const types = ["charge.succeeded", "checkout.session.completed"];
  const of = async (filter: Stripe.EventListParams) => {
    const found: Stripe.Event[] = [];
    for await (const event of stripe.events.list({ ...filter, limit: 1 })) found.push(event);
    return found.map(({ type }) => type);
  };
  const twice = [...types.toReversed(), ...types.toReversed()];
  expect(await of({ types, created: { gte: since } })).toEqual(twice);
  expect(await of({ types, created: { gt: since } })).toEqual(types.toReversed());
  expect(await of({ types, created: { gte: since, lt: since + 60 } })).toEqual(types.toReversed());
  expect(
    await of({ type: "charge.succeeded", created: { gte: since }, delivery_success: true }),
  ).toHaveLength(2);
});

test("the app's endpoint is sent what the function has an effect for, but for what a first start makes", () => {
  const wanted = effects.map(({ type }) => type);
  expect(appEvents.filter((type) => !wanted.some((one) => one === type))).toEqual([]);
  // Its catalog comes from ours; a customer is linked before Stripe tells of it; nobody pays too much here.
  const unsent =
    /^(price\.created|product\.created|customer\.created|invoice\.overpaid|invoice\.payment_attempt_required)/;
  expect(wanted.filter((type) => !appEvents.includes(type) && !unsent.test(type))).toEqual([]);
});

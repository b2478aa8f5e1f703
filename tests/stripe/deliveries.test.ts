import Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { sandboxKeys } from "../../local/keys.ts";
import { type Sandbox, sandboxOfFile } from "./support.ts";

const sandbox = sandboxOfFile();
const twin = sandboxOfFile();

afterEach(async () => {
  const { setDelivery, webhook, daysOn } = sandbox();
  setDelivery({});
  await daysOn(4);
  webhook.answerNext();
});

/** What a pack's payment has the endpoint told, in the order of creation. */
const packEvents = ["payment_intent.succeeded", "checkout.session.completed"];

/** The control of the switches as the command line has it. */
async function control(path: string, body?: string, key = sandboxKeys.secret) {
  const response = await fetch(`${sandbox().publicUrl}/sandbox/deliveries${path}`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    ...(body !== undefined && { method: "POST", body }),
  });
  return { status: response.status, body: await response.json() };
}

/** Buys packs under switches and answers what came of it within two days. */
async function stormy({ setDelivery, buyPack, deliveredBy, secondsOn, daysOn }: Sandbox, seed: number) {
  setDelivery({ seed, duplicate: 0.5, drop: 0.2, delay: 600, shuffle: 4, timeout: 0.3 });
  return deliveredBy(async () => {
    for (let count = 0; count < 5; count += 1) {
      await buyPack();
      await secondsOn(1); // what is due at once has gone out, so that the next one meets the same queue
    }
    await daysOn(2);
  });
}

test("switches: the same acts under the same seed are delivered alike, under another otherwise", async () => {
  const first = await stormy(sandbox(), 7);
  expect(await stormy(twin(), 7)).toEqual(first);
  expect(await stormy(twin(), 8)).not.toEqual(first);
});

test("duplicate: an event comes again as often as the switch says", async () => {
  const { setDelivery, buyPack, deliveredBy, webhook } = sandbox();
  setDelivery({ duplicate: 2 });
  const delivered = await deliveredBy(() => buyPack());
  expect(delivered).toEqual(packEvents.flatMap((type) => [type, type, type]));
  expect(new Set(webhook.events.slice(-6).map(({ id }) => id)).size).toBe(2);
});

test("drop: an event that is never sent is listed as not delivered, and comes when it is resent", async () => {
  const { setDelivery, buyPack, deliveredBy, daysOn, stripe, clock } = sandbox();
  const undelivered = { delivery_success: false, created: { gte: clock.now.getTime() / 1000 } };
  setDelivery({ drop: 1 });
  const delivered = await deliveredBy(async () => {
    await buyPack();
    await daysOn(4);
  });
  expect(delivered).toEqual([]);
  const missing = (await stripe.events.list(undelivered)).data;
  expect(missing.map(({ type }) => type).reverse()).toEqual(packEvents);
  const resent = await deliveredBy(async () => {
    for (const { id } of missing) expect((await control(`/${id}`, "")).status).toBe(200);
  });
  expect(resent.toSorted()).toEqual(packEvents.toSorted());
  expect((await stripe.events.list(undelivered)).data).toEqual([]);
  expect((await control("/evt_none", "")).status).toBe(404);
});

test("delay: an event is held back, at most as long as the switch says", async () => {
  const { setDelivery, buyPack, deliveredBy, secondsOn } = sandbox();
  setDelivery({ seed: 1, delay: 100 });
  expect(await deliveredBy(() => buyPack())).toEqual([]);
  expect((await deliveredBy(() => secondsOn(100))).toSorted()).toEqual(packEvents.toSorted());
});

test("shuffle: what is due at once comes in another order, and all of it", async () => {
  const { setDelivery, subscribe, deliveredBy, stripe } = sandbox();
  setDelivery({ seed: 3, shuffle: 20 });
  const delivered = await deliveredBy(() => subscribe("professional_month"));
  const created = (await stripe.events.list({ limit: 20 })).data.map(({ type }) => type).reverse();
  const inOrder = created.filter((type) => delivered.includes(type));
  expect(delivered).not.toEqual(inOrder.slice(-delivered.length));
  expect(delivered.toSorted()).toEqual(inOrder.slice(-delivered.length).toSorted());
});

test("concurrent: so many deliveries are under way at once, copies of one event among them", async () => {
  const { setDelivery, buyPack, deliveredBy, webhook } = sandbox();
  setDelivery({ duplicate: 4, concurrent: 10 });
  webhook.awaitTogether(10);
  expect(await deliveredBy(() => buyPack())).toHaveLength(10);
});

test("timeout: what the endpoint has done and could not say is sent to it again", async () => {
  const { setDelivery, buyPack, deliveredBy, secondsOn, log } = sandbox();
  setDelivery({ timeout: 1 });
  expect(await deliveredBy(() => buyPack())).toEqual(packEvents);
  expect(log.at(-1)).toContain("not delivered (200, not heard)");
  setDelivery({});
  expect(await deliveredBy(() => secondsOn(5))).toEqual(packEvents);
});

test.each(["wrongSecret", "old"] as const)(
  "%s: the signature does not verify, the next attempt's does",
  async (name) => {
    const { setDelivery, buyPack, deliveredBy, secondsOn, webhook } = sandbox();
    setDelivery({ [name]: 1 });
    webhook.answerNext(400, 400);
    await deliveredBy(() => buyPack());
    for (const { body, signature } of webhook.received.slice(-2))
      expect(() => Stripe.webhooks.constructEvent(body, signature, sandboxKeys.webhook)).toThrow();
    setDelivery({});
    expect(await deliveredBy(() => secondsOn(5))).toEqual(packEvents);
  },
);

test("future: the signature is of a time to come, which the SDK lets pass", async () => {
  const { setDelivery, buyPack, webhook } = sandbox();
  setDelivery({ future: 1 });
  await buyPack();
  const time = Number(/^t=(\d+)/.exec(webhook.received.at(-1)?.signature ?? "")?.[1]);
  expect(time).toBeGreaterThan(Date.now() / 1000 + 500);
});

test("disguise: an event says another version, live mode and a shared second; the list does not", async () => {
  const { setDelivery, buyPack, deliveredBy, webhook, stripe } = sandbox();
  setDelivery({ otherVersion: 1, livemode: 1, sameSecond: 1 });
  webhook.answerNext(204, 204);
  await deliveredBy(() => buyPack());
  const sent = webhook.received.slice(-2).map(({ body }) => JSON.parse(body));
  for (const event of sent) {
    expect(event).toMatchObject({ api_version: "2024-06-20", livemode: true });
    expect(event.created % 3600).toBe(0);
    const listed = await stripe.events.retrieve(event.id);
    expect(listed).toMatchObject({ api_version: Stripe.API_VERSION, livemode: false });
  }
});

test("switches: set from the command line they are printed with their seed, and answered", async () => {
  const { log } = sandbox();
  const set = await control("", "seed=7&drop=0.25&concurrent=3");
  expect(set).toMatchObject({ status: 200, body: { seed: 7, drop: 0.25, concurrent: 3, shuffle: 1 } });
  expect(log.at(-1)).toBe("webhooks: seed=7 drop=0.25 concurrent=3");
  expect((await control("")).body).toEqual(set.body);
  await control("", "");
  expect(log.at(-1)).toMatch(/^webhooks: seed=\d+$/);
});

test.each([
  ["no such switch", "lose=1", sandboxKeys.secret, 400],
  ["a chance above 1", "drop=2", sandboxKeys.secret, 400],
  ["a word", "delay=long", sandboxKeys.secret, 400],
  ["another key", "drop=1", "sk_test_other", 401],
])("switches: %s is refused and changes nothing", async (_, body, key, status) => {
  const before = (await control("")).body;
  expect((await control("", body, key)).status).toBe(status);
  expect((await control("")).body).toEqual(before);
});

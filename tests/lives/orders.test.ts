// One life of seven events, told in every order.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { lives } from "./lives";
import { openPlayer, type Player } from "./play";
import { type Recording, record } from "./record";

const types = [
  "customer.subscription.created",
  "invoice.finalized",
  "invoice.paid",
  "checkout.session.completed",
  "refund.created",
  "charge.refunded",
  "customer.subscription.deleted",
];
let catalog: TestDb;
let player: Player;
let life: Recording;
let events: Stripe.Event[];
beforeAll(async () => {
  catalog = await testDb();
  player = await openPlayer();
  life = await record(catalog, new Date("2026-01-31T10:00:00Z"), lives["refund of a plan, which is cancelled"]);
  const all = life.steps.flatMap((step) => step.events);
  events = types.flatMap((type) => all.filter((event) => event.type === type));
});
afterAll(async () => {
  await player.close();
  await catalog.drop();
});

test("the seven events of a plan that is bought, refunded in part and cancelled happen in one second", () => {
  expect(events.map(({ type }) => type)).toEqual(types);
  expect(new Set(events.map(({ created }) => created)).size).toBe(1);
});

// All orders that begin alike share their beginning: 13,699 deliveries, not 35,280.
test("seven events end in one state, in each of their 5,040 orders", async () => {
  const answers = life.steps.at(-1)?.answers ?? new Map();
  const states = new Map<string, string[]>();
  let orders = 0;
  let deliveries = 0;
  const t0 = performance.now();
  async function visit(before: Stripe.Event[], rest: Stripe.Event[]) {
    if (rest.length === 0) {
      orders += 1;
      const state = await player.hash();
      if (!states.has(state)) states.set(state, [...before.map(({ type }) => type), ...(await player.rows())]);
    }
    for (const [n, event] of rest.entries())
      await player.undone(async () => {
        await player.deliver(event, answers);
        deliveries += 1;
        if (deliveries % 1000 === 0) process.stdout.write(`${deliveries} ${(performance.now() - t0) | 0} ms\n`);
        await visit([...before, event], rest.toSpliced(n, 1));
      });
  }
  await player.inLife(life, () => visit([], events));
  expect(orders).toBe(5040);
  expect([...states.values()]).toHaveLength(1);
}, 600_000);

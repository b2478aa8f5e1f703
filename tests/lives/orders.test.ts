// One life of seven events, told in every order.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { lives } from "./lives";
import { openPlayer, type Player } from "./play";
import { type Recording, record } from "./record";
import { sizes } from "./sizes";

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
  life = await record(
    catalog,
    new Date("2026-01-31T10:00:00Z"),
    lives["refund of a plan, which is cancelled"],
  );
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

// All orders that begin alike share their beginning: 13,699 deliveries. And where equal events told are equal states,
// all orders go on alike from there: 448.
test("seven events end in one state, in each of their 5,040 orders", { timeout: 900_000 }, async () => {
  const answers = life.steps.at(-1)?.answers ?? new Map();
  const known = new Map<string, { hash: string; rows: string[] }>();
  let deliveries = 0;
  let orders = 0;
  /** Whether this is the first time that just these events were told; if not, nothing may be otherwise than then. */
  async function isNew(told: Stripe.Event[]) {
    const key = told
      .map(({ id }) => id)
      .sort()
      .join();
    const hash = await player.hash();
    const before = known.get(key);
    if (!before) known.set(key, { hash, rows: await player.rows() });
    else if (before.hash !== hash) expect(await player.rows()).toEqual(before.rows);
    return !before;
  }
  async function tell(told: Stripe.Event[], rest: Stripe.Event[]): Promise<void> {
    if (rest.length === 0) orders += 1;
    for (const [n, event] of rest.entries())
      await player.undone(async () => {
        await player.deliver(event, answers);
        deliveries += 1;
        const all = [...told, event];
        if ((await isNew(all)) || sizes.eachOrderToItsEnd) await tell(all, rest.toSpliced(n, 1));
      });
  }
  await player.inLife(life, () => tell([], events));
  expect(known.size).toBe(127);
  expect({ deliveries, orders }).toEqual(
    sizes.eachOrderToItsEnd ? { deliveries: 13_699, orders: 5040 } : { deliveries: 448, orders: 1 },
  );
});

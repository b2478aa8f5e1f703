// Whatever is sent to the function: it never fails, and nothing is stored of what is not signed.
import fc from "fast-check";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { delivery, sign } from "../functions/webhook";
import { type TestDb, testDb } from "../support/db";
import { lives } from "./lives";
import { openPlayer, type Player } from "./play";
import { type Answers, record } from "./record";
import { sizes } from "./sizes";

let catalog: TestDb;
let player: Player;
let events: Stripe.Event[];
let answers: Answers;
beforeAll(async () => {
  catalog = await testDb();
  player = await openPlayer();
  const life = await record(catalog, new Date("2026-01-31T10:00:00Z"), lives["dispute lost"]);
  events = life.steps.flatMap((step) => step.events);
  answers = life.steps.at(-1)?.answers ?? new Map();
});
afterAll(async () => {
  await player.close();
  await catalog.drop();
});

const third = Math.ceil(sizes.requests / 3);
const settings = { numRuns: third, seed: sizes.seed };
const patience = { timeout: 30_000 + third * 50 };
const receive = async (body: string | Uint8Array<ArrayBuffer>, signature: string) =>
  (await player.receive(delivery(body, signature), answers)).status;
async function stored() {
  const { rows } = await player.query<{ count: number }>(
    "select count(*)::int as count from billing.stripe_events",
  );
  return rows[0]?.count;
}

// A header is ASCII; a signature that is none may still look like one.
const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 });
const time = fc.oneof(
  fc.constant(Math.floor(Date.now() / 1000)),
  fc.integer(),
  fc.constantFrom("", "NaN", "1e9"),
);
const header = fc.oneof(
  fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) }),
  fc.tuple(time, hex).map(([t, v1]) => `t=${t},v1=${v1}`),
  fc.tuple(time, hex, hex).map(([t, v0, v1]) => `v0=${v0},t=${t},v1=${v1},v1=`),
);

test(`case 29: of ${third} bodies and headers of any kind none is stored`, patience, async () => {
  const before = await stored();
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
    fc.json(),
    fc.nat().map((n) => JSON.stringify(events[n % events.length])),
  );
  const property = fc.asyncProperty(body, header, async (sent, signature) => {
    expect(await receive(sent, signature)).toBe(400);
  });
  await fc.assert(property, settings);
  expect(await stored()).toBe(before);
});

test(`case 3: of ${third} signed events that were changed on the way none is stored`, patience, async () => {
  const before = await stored();
  const change = fc.record({
    event: fc.nat(),
    at: fc.nat(),
    by: fc.integer({ min: 1, max: 255 }),
    how: fc.constantFrom("changed", "inserted", "dropped", "cut"),
  });
  const property = fc.asyncProperty(change, async ({ event, at, by, how }) => {
    const payload = JSON.stringify(events[event % events.length]);
    const bytes = [...new TextEncoder().encode(payload)];
    const place = at % bytes.length;
    if (how === "changed") bytes[place] = (bytes[place] ?? 0) ^ by;
    else if (how === "inserted") bytes.splice(place, 0, by);
    else bytes.splice(place, how === "cut" ? bytes.length : 1);
    expect(await receive(new Uint8Array(bytes), sign(payload))).toBe(400);
  });
  await fc.assert(property, settings);
  expect(await stored()).toBe(before);
});

// Its object's id stays, or Stripe would not know it: a failure to look at (failures.test.ts).
test(`case 7: of ${third} signed events with anything in them none fails`, patience, async () => {
  const anything = fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant("\u0000\ud800"));
  const field = fc.constantFrom(
    ...[
      "id",
      "object",
      "type",
      "created",
      "livemode",
      "api_version",
      "account",
      "data",
      "request",
      "__proto__",
    ],
  );
  const change = fc.record({
    event: fc.nat(),
    fields: fc.dictionary(field, anything, { maxKeys: 3 }),
    inside: fc.dictionary(fc.string(), anything, { maxKeys: 3 }),
    before: fc.oneof(fc.constant(undefined), anything),
  });
  const property = fc.asyncProperty(change, async ({ event, fields, inside, before }) => {
    const { data, ...original } = events[event % events.length] ?? {};
    const object = { ...inside, ...data?.object };
    const payload = JSON.stringify({ ...original, data: { object, previous_attributes: before }, ...fields });
    const status = await player.undone(() => receive(payload, sign(payload)));
    expect([200, 400]).toContain(status);
  });
  await player.query("begin");
  await fc.assert(property, settings);
  await player.query("rollback");
});

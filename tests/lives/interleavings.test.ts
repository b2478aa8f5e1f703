// Two deliveries about one object, whose steps come in every order, while the object changes: what it was last stands.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { lives } from "./lives";
import { type Asked, openPlayer, type Player } from "./play";
import { type Answers, type Recording, record } from "./record";

let catalog: TestDb;
let player: Player;
beforeAll(async () => {
  catalog = await testDb();
  player = await openPlayer();
});
afterAll(async () => {
  await player.close();
  await catalog.drop();
});

/** Of the delivery that was sent before the change, the change itself, and of the delivery that it sent. */
type Step = "begin A" | "read A" | "apply A" | "change" | "begin B" | "read B" | "apply B";
const ofA: Step[] = ["begin A", "read A", "apply A"];
const ofB: Step[] = ["change", "begin B", "read B", "apply B"];
const schedules = merged(ofA, ofB);

/** Both in their own order, in every way. */
function merged(a: Step[], b: Step[]): Step[][] {
  const [firstA, ...restA] = a;
  const [firstB, ...restB] = b;
  if (!firstA || !firstB) return [[...a, ...b]];
  return [
    ...merged(restA, b).map((rest) => [firstA, ...rest]),
    ...merged(a, restB).map((rest) => [firstB, ...rest]),
  ];
}

test("two deliveries of three steps and a change before the second come in 35 ways", () => {
  expect(new Set(schedules.map(String)).size).toBe(35);
});

const patience = { timeout: 120_000 };
test.each([
  ["a subscription", "cancelled at the period's end, and taken back, and cancelled", "sub_"],
  ["an invoice", "failed, then recovered", "in_"],
  ["a pack's session", "pack paid late", "cs_"],
  ["a refund", "refund that fails", "re_"],
  ["a dispute", "dispute lost", "du_"],
] as const)(
  "case 18: %s ends as Stripe has it, in whatever way two deliveries about it meet",
  patience,
  async (_, name, prefix) => {
    const life = await record(catalog, new Date("2026-01-31T10:00:00Z"), lives[name]);
    const change = lastChange(life, prefix);
    await player.inLife(life, async () => {
      const expected = await player.undone(async () => {
        await tell(change.told);
        await tell(change.toTell);
        return player.rows();
      });
      await tell(change.told.filter(({ event }) => event !== change.first));
      for (const schedule of schedules) {
        const found = await player.undone(async () => {
          await meet(schedule, change);
          await tell(change.toTell.filter(({ event }) => event !== change.second));
          return player.rows();
        });
        expect(found, schedule.join(", ")).toEqual(expected);
      }
    });
  },
);

type Told = { event: Stripe.Event; answers: Answers };
type Change = {
  first: Stripe.Event;
  second: Stripe.Event;
  told: Told[];
  toTell: Told[];
  before: Answers;
  after: Answers;
};

async function tell(events: Told[]) {
  for (const { event, answers } of events) await player.deliver(event, answers);
}

/** The last two events of an object between which it changed, and what else was sent before and after the change. */
function lastChange({ steps }: Recording, prefix: string): Change {
  const sent = steps.flatMap(({ events, answers }) => events.map((event) => ({ event, answers })));
  const ofObject = sent.filter(
    ({ event: { data } }) => "id" in data.object && String(data.object.id).startsWith(prefix),
  );
  const last = ofObject.at(-1);
  const earlier = ofObject.findLast(({ answers }) => answers !== last?.answers);
  if (!last || !earlier) throw new Error(`nothing changed of ${prefix}`);
  const end = sent.findLastIndex(({ answers }) => answers === earlier.answers) + 1;
  return {
    first: earlier.event,
    second: last.event,
    told: sent.slice(0, end),
    toTell: sent.slice(end),
    before: earlier.answers,
    after: last.answers,
  };
}

async function meet(schedule: Step[], { before, after, first, second }: Change) {
  let answers = before;
  const deliveries = {
    A: inSteps((mayAsk) => player.deliver(first, { answers: () => answers, mayAsk })),
    B: inSteps((mayAsk) => player.deliver(second, { answers: () => answers, mayAsk })),
  };
  for (const step of schedule) {
    if (step === "change") answers = after;
    else await deliveries[step.endsWith("A") ? "A" : "B"].goOn();
  }
  await Promise.all([deliveries.A.done, deliveries.B.done]);
}

/** A delivery that stops before it begins, reads and applies, each time until it is told to go on. */
function inSteps(run: (mayAsk: (asked: Asked) => Promise<void>) => Promise<unknown>) {
  let asked: Asked | undefined;
  let arrival = Promise.withResolvers<void>();
  let leave = Promise.withResolvers<void>();
  const done = run(async (now) => {
    if (now === asked) return; // another page of the same reading
    asked = now;
    arrival.resolve();
    await leave.promise;
  });
  return {
    done,
    /** Does the step that it stands before; resolves when it stands before the next one, or has ended. */
    async goOn() {
      await Promise.race([arrival.promise, done]);
      arrival = Promise.withResolvers();
      const { resolve } = leave;
      leave = Promise.withResolvers();
      resolve();
      await Promise.race([arrival.promise, done]);
    },
  };
}

// Two deliveries about one object, whose steps come in every order, while the object changes: what it was last stands.
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { inSteps } from "./in-steps";
import { lives } from "./lives";
import { openPlayer, type Player } from "./play";
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
  ["a subscription", "card replaced", "sub_"],
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
        await tell([...change.told, { event: change.second, answers: change.after }]);
        return player.rows();
      });
      await tell(change.told.filter(({ event }) => event !== change.first));
      for (const schedule of schedules) {
        const found = await player.undone(async () => {
          await meet(schedule, change);
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
  before: Answers;
  after: Answers;
};

async function tell(events: Told[]) {
  for (const { event, answers } of events) await player.deliver(event, answers);
}

/** The last two events of an object between which it changed, and what was sent before it did. */
function lastChange({ steps }: Recording, prefix: string): Change {
  const sent = steps.flatMap(({ events, answers }) => events.map((event) => ({ event, answers })));
  const idOf = ({ event: { data } }: Told) => ("id" in data.object ? String(data.object.id) : "");
  /** What was sent of the same object in an earlier instant. */
  const before = (one: Told) =>
    sent.findLast(
      (other, at) => at < sent.indexOf(one) && idOf(other) === idOf(one) && other.answers !== one.answers,
    );
  const last = sent.findLast((one) => idOf(one).startsWith(prefix) && before(one));
  const earlier = last && before(last);
  if (!last || !earlier) throw new Error(`nothing changed of ${prefix}`);
  const end = sent.findLastIndex(({ answers }) => answers === earlier.answers) + 1;
  return {
    first: earlier.event,
    second: last.event,
    told: sent.slice(0, end),
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

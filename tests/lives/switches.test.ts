// All lives at once in one sandbox, which delivers them to the function badly. What each comes to is what it comes to
// when all goes well.
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Switches } from "../../local/stripe/switches.ts";
import { type DeliveringAccount, openDeliveringAccount } from "../functions/delivering-account";
import { problemsOf } from "../support/books";
import { type Life, lives } from "./lives";
import { newPerson, type Person } from "./person";
import { sizes } from "./sizes";
import { outcomeOf, tablesOfPeople } from "./state";
import { liveTogether, passTo } from "./world";

const day = 86_400_000;
const hour = 3600;
const start = new Date("2026-01-31T10:00:00Z");
const all: [name: string, life: Life][] = Object.entries(lives).filter(
  ([name]) => sizes.eachSwitch || !/^monthly for a year|^annual/.test(name),
);

const storms: [name: string, switches: Partial<Switches>][] = [
  ["twice and more often", { duplicate: 1.5 }],
  ["late", { delay: 2 * hour }],
  ["in another order", { shuffle: 50 }],
  ["not at all, and replayed a day later", { drop: 0.3 }],
  ["many at once", { concurrent: 8, duplicate: 2 }],
  ["so that its answer is not heard", { timeout: 0.4 }],
  ["as of one second", { sameSecond: 1, shuffle: 20 }],
  ["signed wrongly at first", { wrongSecret: 0.2, old: 0.1, future: 0.1 }],
  ["in another version, or of live mode at first", { otherVersion: 0.5, livemode: 0.2 }],
];
const everything: Partial<Switches> = {
  ...{ duplicate: 0.5, delay: hour, shuffle: 10, drop: 0.1, concurrent: 4, timeout: 0.1, sameSecond: 0.5 },
  ...{ wrongSecret: 0.05, old: 0.02, future: 0.02, otherVersion: 0.2, livemode: 0.05 },
};
const patience = { timeout: 600_000 };

let shop: DeliveringAccount | undefined;
let expected: Record<string, string[]>;
beforeAll(async () => {
  expected = await outcomes({});
}, patience.timeout);
afterEach(() => shop?.close());
afterAll(() => vi.restoreAllMocks());

test("all lives delivered in order come to something", () => {
  expect(Object.keys(expected)).toEqual(all.map(([name]) => name));
  for (const rows of Object.values(expected)) expect(rows.length).toBeGreaterThan(2);
});

test(
  `every life delivered in all bad ways at once (seed ${sizes.seed}) comes to the same`,
  patience,
  async () => {
    expect(await outcomes({ ...everything, seed: sizes.seed })).toEqual(expected);
  },
);

test.runIf(sizes.eachSwitch).each(storms)(
  `every life delivered %s (seed ${sizes.seed}) comes to the same`,
  patience,
  async (_, switches) => {
    expect(await outcomes({ ...switches, seed: sizes.seed })).toEqual(expected);
  },
);

/** Lives all lives under these switches, until everything has been delivered. */
async function outcomes(switches: Partial<Switches>) {
  shop = await openDeliveringAccount(start);
  const { db, account, now, moveTo } = shop;
  const tables = await tablesOfPeople(db.pool);
  let replayed = now();
  const stage = {
    now,
    moveTo,
    nextDue: account.nextDue,
    async afterInstant() {
      if (now().getTime() - replayed.getTime() < day) return;
      replayed = now();
      await account.resendUndelivered();
    },
  };
  const people: { name: string; person: Person; life: Life }[] = [];
  for (const [name, life] of all)
    people.push({ name, life, person: await newPerson(account, await db.newUser()) });
  account.setDelivery(switches);
  await liveTogether(stage, people);
  account.setDelivery({});
  await account.resendUndelivered();
  await passTo(stage, new Date(now().getTime() + 4 * day));

  const waiting = "select type, state, reason from billing.stripe_events where state in ('parked', 'failed')";
  expect((await db.query(waiting)).rows).toEqual([]);
  expect(await problemsOf(db)).toEqual([]);
  await db.query("select expire_subscription_credits(1000)");
  const found: Record<string, string[]> = {};
  for (const { name, person } of people) found[name] = await outcomeOf(db.pool, tables, person.userId);
  return found;
}

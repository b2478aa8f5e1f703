// Random deliveries of every life: late, twice, lost and replayed, in one second, read at any moment in between, and
// written after others have read and written.
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDb, testDb } from "../support/db";
import { type Delivery, drawnStorm, inOrder, type Storm } from "./draws";
import { type InSteps, inSteps } from "./in-steps";
import { lives } from "./lives";
import { openPlayer, type Player } from "./play";
import { type Recording, record } from "./record";
import { sizes } from "./sizes";

let catalog: TestDb;
let player: Player;
const recordings = new Map<string, Recording>();
beforeAll(async () => {
  catalog = await testDb();
  player = await openPlayer();
  for (const [name, life] of played)
    recordings.set(name, await record(catalog, new Date("2026-01-31T10:00:00Z"), life));
}, 120_000);
afterAll(async () => {
  await player.close();
  await catalog.drop();
});

// Told of a pause when it is over nobody can know that there was one: it is told in time in switches.test.ts.
const played = Object.entries(lives).filter(([name]) => name !== "paused and resumed");
const names = played.map(([name]) => name);
const share = Math.ceil(sizes.randomLives / names.length);
const patience = { timeout: 60_000 + share * 10_000 };

test.each(names)(`${share} random deliveries of "%s" end in one state`, patience, async (name) => {
  const life = recordings.get(name);
  if (!life) throw new Error(`${name} was not recorded`);
  await player.inLife(life, async () => {
    const expected = await player.undone(() => play(life, inOrder(life)));
    const property = fc.asyncProperty(drawnStorm(life), async (storm) => {
      const found = await player.undone(() => play(life, storm));
      if (found.hash !== expected.hash) expect(found.rows).toEqual(expected.rows);
    });
    await fc.assert(property, { numRuns: share, seed: sizes.seed });
  });
});

async function play(life: Recording, storm: Storm) {
  const underWay = new Map<Delivery, InSteps>();
  for (const { delivery, does, step } of storm) {
    const answers = () => life.steps[step]?.answers ?? new Map();
    if (does === "apply") await underWay.get(delivery)?.end();
    else {
      const started = inSteps((mayAsk) => player.deliver(delivery.event, { answers, mayAsk }));
      underWay.set(delivery, started);
      await started.read();
    }
  }
  return { hash: await player.hash(), rows: await player.rows() };
}

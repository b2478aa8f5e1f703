// Beside chance: each pair of acts on one account, with both orders of commit forced, and the first one's rollback.
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { acts } from "./acts";
import { checkPair } from "./check-pair";
import { openStage, type Stage } from "./stage";

let stages: Stage[];
beforeAll(async () => {
  stages = await Promise.all([0, 1, 2].map(() => openStage(inject("pgPort"))));
});
afterAll(() => Promise.all(stages.map(({ end }) => end())));

test("any two acts on one account, at once: as one after the other", { timeout: 900_000 }, async () => {
  const pairs = Object.keys(acts).flatMap((a) => Object.keys(acts).map((b) => [a, b] as const));
  const found: string[] = [];
  await Promise.all(
    stages.map(async (stage) => {
      for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
        const [a, b] = pair;
        const [first, second] = [acts[a], acts[b]];
        if (!first || !second) continue;
        for (const problem of await checkPair(stage, first, second))
          found.push(`${a}, then ${b}: ${problem}`);
      }
    }),
  );
  expect(found).toEqual([]);
  expect(await Promise.all(stages.map(({ problems }) => problems()))).toEqual(stages.map(() => "null"));
});

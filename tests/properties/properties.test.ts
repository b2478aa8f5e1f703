// The engine against a small model that was written from DESIGN alone: random lives, and what they once found.
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { keep, keptCases } from "./cases";
import { type Check, jobsOnAndOff, modelAndPostgres } from "./check";
import { explore, reportOf } from "./explore";
import { type Lane, openLane } from "./lanes";

let lanes: Lane[];
beforeAll(async () => {
  lanes = await Promise.all([0, 1, 2, 3].map((n) => openLane(inject("pgPort"), n)));
});
afterAll(() => Promise.all(lanes.map(({ end }) => end())));

describe("what was found once", () => {
  for (const { name, steps } of keptCases())
    test(name, async () => {
      for (const { player } of lanes) {
        expect(await modelAndPostgres(player, steps)).toBe(null);
        expect(await jobsOnAndOff(player, steps)).toBe(null);
      }
    });
});

// No two runs are the same. How long they take says nothing: a busy machine may need minutes.
const patience = { timeout: 900_000 };

test("20,000 random steps: model and Postgres say the same", patience, () =>
  findNothing(modelAndPostgres, 20_000),
);

test("1,000 random steps: the ledger is the same with jobs on or off", patience, () =>
  findNothing(jobsOnAndOff, 1_000),
);

async function findNothing(check: Check, steps: number) {
  const seed = Math.floor(Math.random() * 1e9);
  const found = await Promise.all(
    lanes.map(({ player }, n) => explore(player, check, seed + n * 1e6, steps / lanes.length)),
  );
  const failures = found.filter((failure) => failure !== null);
  for (const failure of failures) keep(failure);
  expect(failures.map(reportOf).join("\n\n")).toBe("");
}

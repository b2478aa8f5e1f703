// Postgres is killed under many clients: what was answered is true, and what was not answered can be asked again.
import { expect, test } from "vitest";
import { run } from "./run";

// The machine decides how long it takes, which says nothing.
const patience = { timeout: 300_000 };

test("2,000 operations, two kills: nothing lost, nothing doubled, nothing below zero", patience, async () => {
  const { durable, kills, verbs, lost, doubled, wrong, negative, problems } = await run({
    ops: 2000,
    kills: 2,
    clients: 64,
  });
  expect({ lost, doubled, wrong, negative, problems }).toEqual({
    lost: [],
    doubled: [],
    wrong: [],
    negative: [],
    problems: [],
  });
  // Else the run has not shown what it should.
  expect(durable).toBe(true);
  expect(kills).toBe(2);
  expect([...verbs.values()].filter(({ afterCommit }) => afterCommit > 0)).not.toEqual([]);
});

test("a Postgres that may lose commits is found out", patience, async () => {
  const { durable, lost } = await run({ ops: 500, kills: 1, clients: 64 }, true);
  expect(durable).toBe(false);
  expect(lost).not.toEqual([]);
});

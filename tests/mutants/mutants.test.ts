// The faults themselves are tested: each still has its place, and a few are planted and caught in every run.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { root } from "../../local/environment.ts";
import { editedChapter, type Fault } from "./fault";
import { faults } from "./faults";
import { prepareBed } from "./plant";
import { pgtapFailure } from "./suite";

const name = "planted";
let bed: Awaited<ReturnType<typeof prepareBed>>;
beforeAll(async () => {
  bed = await prepareBed(inject("pgPort"));
});
afterAll(async () => {
  await bed.clear(name);
  await bed.end();
});

test("every fault has its one place, in the order of the chapters, and a name of its own", () => {
  const files = faults.map((fault) => editedChapter(fault).file);
  expect(files).toEqual([...files].sort());
  expect(new Set(faults.map((fault) => fault.name)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(40);
});

test("the table names every fault, and a test that caught it", () => {
  const table = fs.readFileSync(path.join(root, "docs/planted-faults.md"), "utf8");
  const rows = [...table.matchAll(/^\| (\w+) \| (.+) \| (.+) \| \d+\.\d \|$/gm)];
  expect(rows.map(([, chapter, fault]) => `${chapter}: ${fault}`)).toEqual(
    faults.map((fault) => `${fault.chapter}: ${fault.name}`),
  );
  expect(rows.filter(([, , , by]) => by === "**nothing**")).toEqual([]);
});

test("an edit that has no place, or two, is an error", () => {
  const fault: Fault = { name: "none", chapter: "deduct", find: "no such words", replace: "" };
  expect(() => editedChapter(fault)).toThrow("deduct has its place 0 times, not once");
  expect(() => editedChapter({ ...fault, find: "begin" })).toThrow(/times, not once/);
});

const caught = [
  "a frozen account can be spent from",
  "a read does not ask whose account it is",
  "a paid grant pays no debt",
  "the last credit cannot be spent",
  "what was taken first comes back first",
  "a seal does not cover the credits of its entry",
];

test.each(faults.filter((fault) => caught.includes(fault.name)))("$chapter: $name", async (fault) => {
  await bed.plant(fault, name);
  expect(await pgtapFailure(inject("pgPort"), name, fault.look ?? fault.chapter)).not.toBe(null);
});

test("what changes no rule is not caught", async () => {
  const harmless: Fault = {
    name: "a comment",
    chapter: "seals",
    find: "-- A hash chain per account",
    replace: "-- A chain of hashes per account",
  };
  await bed.plant(harmless, name);
  expect(await pgtapFailure(inject("pgPort"), name, "seals")).toBe(null);
});

// Every supabase/tests/database/*.test.sql in a database of its own, one test per TAP line.
import { describe, expect, inject, test } from "vitest";
import { pgtapFiles, runPgtap } from "../support/pgtap";

for (const file of pgtapFiles()) {
  describe(file, async () => {
    const { plan, assertions } = await runPgtap(inject("pgPort"), "tpl", file);
    test("does what it planned", () => expect(assertions).toHaveLength(plan));
    for (const [at, { name, passed, diagnostics }] of assertions.entries())
      test(`${at + 1} ${name}`, () => expect(passed, diagnostics.join("\n")).toBe(true));
  });
}

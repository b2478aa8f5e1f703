// Every supabase/tests/database/*.test.sql in a database of its own, one test per TAP line.
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import { describe, expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { testDb } from "../support/db";

const folder = path.resolve(import.meta.dirname, "../../supabase/tests/database");

for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".test.sql"))) {
  describe(file, async () => {
    const { plan, assertions } = await run(file).catch((error) => ({
      plan: 1,
      assertions: [{ passed: false, name: "runs to its end", diagnostics: [String(error)] }],
    }));
    test("does what it planned", () => expect(assertions).toHaveLength(plan));
    for (const [at, { name, passed, diagnostics }] of assertions.entries())
      test(`${at + 1} ${name}`, () => expect(passed, diagnostics.join("\n")).toBe(true));
  });
}

async function run(file: string) {
  const db = await testDb();
  try {
    return await withClient(db.url, async (client) => {
      const text = readScript(path.join(folder, file));
      const results: pg.QueryArrayResult | pg.QueryArrayResult[] = await client.query({
        text,
        rowMode: "array",
      });
      return readTap(
        [results].flat().flatMap((result) => result.rows.flatMap((row) => String(row[0]).split("\n"))),
      );
    });
  } finally {
    await db.drop();
  }
}

/** With what it includes, which psql does by itself. */
function readScript(file: string): string {
  return fs
    .readFileSync(file, "utf8")
    .replace(/^\\ir (.+)$/gm, (_, included: string) =>
      readScript(path.resolve(path.dirname(file), included)),
    );
}

function readTap(lines: string[]) {
  const assertions: { passed: boolean; name: string; diagnostics: string[] }[] = [];
  let plan = -1;
  for (const line of lines) {
    const [isResult, not, name = ""] = /^(not )?ok \d+(?: - )?(.*)$/.exec(line) ?? [];
    if (isResult) assertions.push({ passed: !not || /# (TODO|SKIP)/i.test(line), name, diagnostics: [] });
    // A plan that comes last is none: pgTAP counts afterwards where a file plans nothing.
    else if (/^1\.\.\d+/.test(line) && assertions.length === 0) plan = Number(line.slice(3));
    else if (line.startsWith("#")) assertions.at(-1)?.diagnostics.push(line);
  }
  return { plan, assertions };
}

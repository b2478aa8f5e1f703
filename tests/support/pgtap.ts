// Runs pgTAP files, each in a clone of its own, and reads what they say.
import fs from "node:fs";
import path from "node:path";
import type pg from "pg";
import { withClient } from "../../local/database.ts";
import { root } from "../../local/environment.ts";
import { makeClone } from "./clone.ts";

type Assertion = { passed: boolean; name: string; diagnostics: string[] };

const folder = path.join(root, "supabase/tests/database");

export const pgtapFiles = () => fs.readdirSync(folder).filter((name) => name.endsWith(".test.sql"));

/** What a file planned and what it asserted. One that does not run to its end has failed at that. */
export async function runPgtap(port: number, template: string, file: string) {
  const clone = await makeClone(port, template);
  try {
    return await withClient(clone.url, async (client) => {
      const text = readScript(path.join(folder, file));
      const results: pg.QueryArrayResult | pg.QueryArrayResult[] = await client.query({
        text,
        rowMode: "array",
      });
      return readTap(
        [results].flat().flatMap((result) => result.rows.flatMap((row) => String(row[0]).split("\n"))),
      );
    });
  } catch (error) {
    return {
      plan: 1,
      assertions: [{ passed: false, name: "runs to its end", diagnostics: [String(error)] }],
    };
  } finally {
    await clone.drop();
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
  const assertions: Assertion[] = [];
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

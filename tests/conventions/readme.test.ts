// The SQL sessions of the READMEs, run: what they show is what one gets.
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeEach(async () => {
  db = await testDb();
});
afterEach(() => db.drop());

test.each([
  ["README.md", 1],
  ["supabase/README.md", 3],
])("each statement of the sessions of %s answers what is printed under it", async (file, count) => {
  await db.query("create table renders (user_id uuid, status text)");
  const sessions = readSessions(fs.readFileSync(path.resolve(import.meta.dirname, "../..", file), "utf8"));
  expect(sessions.length).toBeGreaterThanOrEqual(count);
  await withClient(db.url, async (client) => {
    for (const steps of sessions) {
      const ada = await db.newUser();
      for (const { sql, shown } of steps) {
        const answer = await ask(client, sql.replaceAll(":ada", `'${ada}'`));
        if (shown.length > 0) expect(answer, sql).toEqual(shown);
        else expect(answer.flat()[0] ?? "", sql).not.toMatch(/^\w{5}: /);
      }
    }
  });
});

/** Names and rows, or the error in a line. */
async function ask(client: pg.Client, text: string): Promise<string[][]> {
  try {
    const { fields, rows } = await client.query({ text, rowMode: "array" });
    return [fields.map(({ name }) => name), ...rows.map((row) => row.map(asPsql))];
  } catch (error) {
    if (error instanceof pg.DatabaseError) return [[`${error.code}: ${error.message}`]];
    throw error;
  }
}

/** The blocks of SQL that show answers: in the comments under a statement, names and rows, or the error. */
function readSessions(readme: string) {
  return [...readme.matchAll(/```sql\n([\s\S]*?)```/g)]
    .map(([, block = ""]) => readSteps(block))
    .filter((steps) => steps.some(({ shown }) => shown.length > 0));
}

function readSteps(block: string) {
  const steps: { sql: string; shown: string[][] }[] = [];
  let sql = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("--")) {
      if (!/^--[ -]*-\+-/.test(line)) steps.at(-1)?.shown.push(cells(line.slice(2)));
    } else if (line !== "") {
      sql += `${line}\n`;
      if (!line.endsWith(";")) continue;
      steps.push({ sql, shown: [] });
      sql = "";
    }
  }
  return steps;
}

/** After the last cell, and a gap, a remark may follow. */
function cells(line: string) {
  return line.split("|").map((cell) => cell.trim().split(/ {3,}/)[0] ?? "");
}

function asPsql(value: unknown) {
  if (typeof value === "boolean") return value ? "t" : "f";
  return value === null ? "" : String(value);
}

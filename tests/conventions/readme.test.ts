// The SQL session of the README, run: what it shows is what one gets.
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withClient } from "../../local/database.ts";
import { type TestDb, testDb } from "../support/db";

let db: TestDb;
beforeAll(async () => {
  db = await testDb();
});
afterAll(() => db.drop());

test.each([
  ["README.md", 5],
  ["supabase/README.md", 2],
])("each statement of the first session of %s answers what is printed under it", async (file, answers) => {
  const ada = await db.newUser();
  await db.query("create table if not exists renders (user_id uuid, status text)");
  const steps = readSession(fs.readFileSync(path.resolve(import.meta.dirname, "../..", file), "utf8"));
  expect(steps.filter(({ shown }) => shown.length > 0).length).toBeGreaterThanOrEqual(answers);
  await withClient(db.url, async (client) => {
    for (const { sql, shown } of steps) {
      const text = sql.replaceAll(":ada", `'${ada}'`);
      const { fields, rows } = await client.query({ text, rowMode: "array" });
      if (shown.length === 0) continue;
      expect([fields.map(({ name }) => name), ...rows.map((row) => row.map(asPsql))], sql).toEqual(shown);
    }
  });
});

/** The statements of the first block of SQL, each with the table in the comments under it: names, then rows. */
function readSession(readme: string) {
  const steps: { sql: string; shown: string[][] }[] = [];
  let sql = "";
  for (const line of (/```sql\n([\s\S]*?)```/.exec(readme)?.[1] ?? "").split("\n")) {
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

// A chapter is prose with examples: a block of SQL, and under it a block of text with what it answers.
import type pg from "pg";
import { withClient } from "../../local/database.ts";
import { splitStatements } from "../../local/sql-statements.ts";
import { stopClock } from "../support/books";
import type { TestDb } from "../support/db";
import { ask } from "./psql";

/** Who has signed up before a page begins: :'ada' is her id. */
const people: Record<string, string> = {
  ada: "ada00000-0000-4000-8000-000000000001",
  bob: "b0b00000-0000-4000-8000-000000000002",
  olga: "01a00000-0000-4000-8000-000000000003",
};

const block = /```sql\n([\s\S]*?)```\n(?:\n```text\n[\s\S]*?```\n)?/g;

/** The SQL of a chapter, example by example. */
export function examplesIn(chapter: string): string[] {
  return [...chapter.matchAll(block)].map(([, sql = ""]) => sql);
}

/** The chapter as it should read: each example run in order, with its output under it. */
export async function runChapter(db: TestDb, chapter: string): Promise<string> {
  const clock = await stopClock(db, "2026-01-10 09:00Z");
  return withClient(db.url, async (client) => {
    await client.query("set timezone to 'UTC'");
    for (const [name, id] of Object.entries(people))
      await client.query("insert into auth.users (id, email) values ($1, $2)", [id, `${name}@example.com`]);
    const outputs: string[] = [];
    for (const sql of examplesIn(chapter)) outputs.push(await runExample({ client, clock }, sql));
    return chapter.replace(block, (_, sql: string) => {
      const output = outputs.shift();
      return `\`\`\`sql\n${sql}\`\`\`\n${output ? `\n\`\`\`text\n${output}\n\`\`\`\n` : ""}`;
    });
  });
}

type Session = { client: pg.Client; clock: { set: (to: string) => Promise<unknown> } };

/** `-- at {instant}` moves the clock, `-- as {name}` signs somebody in until the block ends. */
async function runExample({ client, clock }: Session, sql: string): Promise<string> {
  const outputs: string[] = [];
  let user: string | undefined;
  for (const part of sql.split(/^(?=-- a[ts] )/m)) {
    const [, instant] = /^-- at (.+)/.exec(part) ?? [];
    if (instant) await clock.set(`${instant}Z`);
    const [, name] = /^-- as (.+)/.exec(part) ?? [];
    if (name) user = idOf(name);
    for (const { text } of splitStatements(part)) {
      const statement = text.replace(/:'(\w+)'/g, (_, key: string) => `'${idOf(key)}'`);
      outputs.push(await (user ? askAs(client, user, statement) : ask(client, statement)));
    }
  }
  return outputs.filter(Boolean).join("\n\n");
}

function idOf(name: string): string {
  const id = people[name];
  if (!id) throw new Error(`nobody is called ${name}`);
  return id;
}

/** As the Data API does: each call is a transaction, with the caller's role and claims. */
async function askAs(client: pg.Client, user: string, statement: string): Promise<string> {
  await client.query("begin");
  await client.query(
    "select set_config('role', 'authenticated', true), set_config('request.jwt.claim.sub', $1, true), set_config('request.jwt.claims', $2, true)",
    [user, JSON.stringify({ sub: user, role: "authenticated" })],
  );
  const output = await ask(client, statement);
  await client.query(output.startsWith("ERROR:") ? "rollback" : "commit");
  return output;
}

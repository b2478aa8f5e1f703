// Plays steps against Postgres: one round trip and one transaction for all of them, which is then undone.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { catalog } from "./catalog.ts";
import { fromWords, iso } from "./model/time.ts";
import { names, people } from "./people.ts";
import { roleOf, type Step, sqlOf, touchedBy } from "./steps.ts";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** By the account's name; null: not open. */
type ByName = Record<string, Json>;
/** What Postgres says: after each step its answer and how the touched accounts stand, and at the end all books. */
export type Played = {
  steps: { answer: Record<string, Json>; states: ByName }[];
  books: ByName;
  problems: Json;
};
export type Player = Awaited<ReturnType<typeof newPlayer>>;

/** One connection to a clone of the template, on which plays follow each other. */
export async function newPlayer(url: string, timeZone: string) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // fails the query that waits, which is enough
  await client.connect();
  await client.query(`set timezone to '${timeZone}'`);
  await client.query(catalog());
  await client.query(fs.readFileSync(path.join(import.meta.dirname, "play.sql"), "utf8"));
  return { play: (steps: Step[]) => play(client, steps), end: () => client.end() };
}

async function play(client: pg.Client, steps: Step[]): Promise<Played> {
  // In the order of the names: what locks several accounts does so in the order of their ids.
  const uuids = names.map(() => randomUUID()).sort();
  const ids = new Map(names.map((name, n) => [name, uuids[n] ?? ""]));
  const idOf = (name: string) => ids.get(name) ?? name;
  const users = Object.entries(people).map(([name, { email }]) => ({ id: idOf(name), email }));
  const calls = steps.map((step) => ({
    at: iso(step.at),
    role: roleOf(step),
    account: idOf(step.account),
    touched: step.verb === "sweep" ? [...ids.values()] : touchedBy(step).map(idOf),
    sql: `select to_jsonb(r) from (select * from ${sqlOf(step, (name) => `'${idOf(name)}'`)}) r`,
  }));
  await client.query("begin");
  try {
    const values = [JSON.stringify(users), JSON.stringify(calls), [...ids.values()]];
    const { rows } = await client.query<{ said: string }>("select play($1, $2, $3)::text as said", values);
    return inWords(rows[0]?.said ?? "", ids);
  } finally {
    await client.query("rollback");
  }
}

/** Accounts by name, instants as the model counts them. */
function inWords(said: string, ids: Map<string, string>): Played {
  const named = [...ids].reduce((text, [name, id]) => text.replaceAll(id, name), said);
  return JSON.parse(named, fromWords);
}

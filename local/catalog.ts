// npm run catalog -- <name>: applies supabase/catalogs/<name>.sql to DATABASE_URL, or else to the local database.
import fs from "node:fs";
import path from "node:path";
import { transaction, withClient } from "./database.ts";
import { root } from "./environment.ts";
import { runScript } from "./migrate.ts";
import { readNote, stateDir } from "./state.ts";
import { explain, refusal } from "./steps.mjs";

const folder = path.join(root, "supabase/catalogs");

/** Idempotent, as every catalog file is: what is published stays, and exactly what the file sells is on sale. */
export async function applyCatalog(url: string, name: string) {
  const file = path.join(folder, `${name}.sql`);
  if (!fs.existsSync(file)) throw refusal(`There is no catalog "${name}": there are ${names().join(", ")}`);
  const text = fs.readFileSync(file, "utf8");
  await withClient(url, (client) => transaction(client, () => runScript(client, `${name}.sql`, text)));
}

/** For a database that has none: what was applied to it since stays in force. */
export async function applyFirstCatalog(url: string, name: string) {
  const { rowCount } = await withClient(url, (client) => client.query("select from billing.plans limit 1"));
  if (rowCount === 0) await applyCatalog(url, name);
}

function names() {
  return fs.readdirSync(folder).map((file) => path.basename(file, ".sql"));
}

async function main(name: string | undefined) {
  if (!name) throw refusal(`usage: npm run catalog -- <name>, of ${names().join(", ")}`);
  const url = process.env.DATABASE_URL ?? readNote(stateDir(root))?.databaseUrl;
  if (!url)
    throw refusal("No local platform is running: npm start begins one, DATABASE_URL names another database");
  await applyCatalog(url, name);
  console.log(`Catalog ${name} is in force in ${url.replace(/:[^:@/]+@/, ":...@")}`);
}

if (process.argv[1] === import.meta.filename)
  await main(process.argv[2]).catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });

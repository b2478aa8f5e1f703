// npm run types: writes lib/database.types.ts from the migrations, by the official CLI on a database made for it.
import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "./environment.ts";
import { migrate, preparePlatform } from "./migrate.ts";
import { freePorts } from "./ports.ts";
import { startPostgres } from "./postgres.ts";
import { openStateDir } from "./state.ts";
import { explain } from "./steps.mjs";

export const typesFile = path.join(root, "lib/database.types.ts");

const bin = (name: string) => path.join(root, "node_modules/.bin", name);

/** The types of schema public as the CLI prints them, formatted as everything else here. */
export async function generateTypes(databaseUrl: string) {
  const args = ["gen", "types", "--lang=typescript", `--remote=${databaseUrl}`, "--schema", "public"];
  const env = { ...process.env, PGSSLMODE: "disable" }; // else it prints a note about TLS among the types
  const { stdout } = await promisify(execFile)(bin("supabase"), args, {
    cwd: root,
    env,
    maxBuffer: 16_000_000,
  });
  return execFileSync(bin("biome"), ["format", "--stdin-file-path=lib/types.ts"], {
    cwd: root,
    input: stdout,
    encoding: "utf8",
  });
}

async function main() {
  const state = openStateDir(root);
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-types-"));
  fs.chmodSync(home, 0o755);
  const [port = 0] = await freePorts(1);
  const postgres = await startPostgres({ state, port, data: path.join(home, "db"), fast: true });
  try {
    await preparePlatform(postgres.url("supabase_admin"));
    await migrate(postgres.url(), path.join(root, "supabase/migrations"));
    fs.writeFileSync(typesFile, await generateTypes(postgres.url()));
    console.log(`${path.relative(root, typesFile)} is written.`);
  } finally {
    await postgres.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename)
  await main().catch((error) => {
    console.error(explain(error));
    process.exitCode = 1;
  });

// A Postgres of the bench's own, as durable as in production, and in it a template that every row clones.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { applyCatalog } from "../local/catalog.ts";
import { withClient } from "../local/database.ts";
import { root } from "../local/environment.ts";
import { migrate, preparePlatform, runScript } from "../local/migrate.ts";
import { freePorts } from "../local/ports.ts";
import { startPostgres } from "../local/postgres.ts";
import { openStateDir } from "../local/state.ts";
import { refusal } from "../local/steps.mjs";

export type Server = Awaited<ReturnType<typeof startServer>>;
export type Database = Awaited<ReturnType<Server["clone"]>>;

/** What differs from Postgres's defaults, and what matters most of what does not. */
export const settings = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: `${Math.min(2048, Math.floor(os.totalmem() / 2 ** 22))}MB`,
  // No checkpoint falls into a measurement but those that the bench asks for.
  max_wal_size: "32GB",
  checkpoint_timeout: "1h",
  max_connections: 300,
};

export async function startServer(accounts: number) {
  const state = openStateDir(root);
  const data = path.join(state, "bench");
  removeLeftover(data);
  const [port = 0] = await freePorts(1);
  const postgres = await startPostgres({ state, port, data, settings });
  const admin = (sql: string) =>
    withClient(postgres.url("supabase_admin"), (client) => client.query<Record<string, string>>(sql));
  const end = async () => {
    await postgres.stop();
    fs.rmSync(data, { recursive: true, force: true });
  };
  endWith(end);
  const clone = async (name: string) => {
    await admin(`create database ${name} owner postgres template bench`);
    return {
      name,
      url: postgres.url("postgres", name),
      /** Runs a script of bench/sql with the numbers that it asks for. */
      run: (script: string, numbers: Record<string, number>) =>
        withClient(postgres.url("postgres", name), (client) => runSql(client, script, numbers)),
      drop: () => admin(`drop database ${name} with (force)`),
    };
  };
  try {
    await admin("create database bench");
    await makeTemplate(postgres.url, accounts);
    const { rows } = await admin("show server_version");
    return { port, data, admin, clone, end, version: rows[0]?.server_version ?? "" };
  } catch (error) {
    await end();
    throw error;
  }
}

/** However the bench is ended, its Postgres ends first, and its files go. A signal may come more than once. */
function endWith(end: () => Promise<void>) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"])
    process.on(signal, () => void end().finally(() => process.exit(130)));
}

async function makeTemplate(url: (user: string, database: string) => string, accounts: number) {
  await preparePlatform(url("supabase_admin", "bench"));
  await migrate(url("postgres", "bench"), path.join(root, "supabase/migrations"));
  await applyCatalog(url("postgres", "bench"), "editor");
  await withClient(url("postgres", "bench"), async (client) => {
    await runSql(client, "accounts", { accounts });
    await runSql(client, "baselines", {});
  });
}

async function runSql(
  client: Parameters<typeof runScript>[0],
  script: string,
  numbers: Record<string, number>,
) {
  const file = `${script}.sql`;
  for (const [name, value] of Object.entries(numbers))
    await client.query("select set_config($1, $2, false)", [`bench.${name}`, String(value)]);
  await runScript(client, file, fs.readFileSync(path.join(import.meta.dirname, "sql", file), "utf8"));
}

/** A bench that was killed leaves its cluster: the files are removed, a server still running is named. */
function removeLeftover(data: string) {
  const note = path.join(data, "postmaster.pid");
  const pid = fs.existsSync(note) ? fs.readFileSync(note, "utf8").split("\n")[0] : undefined;
  const process = pid ? `/proc/${pid}/cmdline` : "";
  if (process && fs.existsSync(process) && fs.readFileSync(process, "utf8").split("\0").includes(data))
    throw refusal(`Another bench of this checkout runs, or was killed and left its Postgres: process ${pid}`);
  fs.rmSync(data, { recursive: true, force: true });
}

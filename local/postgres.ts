// A Postgres cluster of our own, for root and for anyone else. Its superuser is supabase_admin, as on the platform.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { prepareRuntime } from "./postgres-runtime.ts";
import { refusal } from "./steps.mjs";

type PostgresOptions = {
  /** Where the copied binaries are kept. */
  state: string;
  port: number;
  /** The folder of the cluster; default: <state>/db. */
  data?: string;
  /** An installed Postgres such as /usr/lib/postgresql/15; default: the binaries of npm. */
  runtime?: string;
  /** For tests: what is lost by a crash is not missed. */
  fast?: boolean;
  settings?: Record<string, string | number>;
  log?: (text: string) => void;
};

export type Postgres = Awaited<ReturnType<typeof startPostgres>>;

export async function startPostgres(options: PostgresOptions) {
  const runtime = options.runtime ?? (await prepareRuntime(options.state));
  const data = options.data ?? path.join(options.state, "db");
  const account = await accountFor(data);
  if (!existsSync(data)) await makeCluster(runtime, data, account, options.fast);
  const server = startServer(runtime, data, account, options);
  const url = databaseUrl(options.port);
  const stop = () => stopServer(server.process);
  try {
    await answering(server, url("supabase_admin"), data);
  } catch (error) {
    await stop();
    throw error;
  }
  return { process: server.process, url, stop, data };
}

export function databaseUrl(port: number) {
  return (user = "postgres", database = "postgres") =>
    `postgresql://${user}:postgres@127.0.0.1:${port}/${database}`;
}

type Account = { uid?: number; gid?: number };

/** A cluster belongs to the account that made it, also once apt has brought a `postgres` account. */
async function accountFor(data: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(data)) {
    const { uid, gid } = await fs.stat(data);
    return { uid, gid };
  }
  for (const name of ["postgres", "nobody"]) {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { stdio: ["ignore", "pipe", "ignore"] }));
    try {
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      // no such account
    }
  }
  throw refusal("Postgres does not run as root, and there is neither a `postgres` nor a `nobody` account");
}

const environment = {
  PATH: process.env.PATH ?? "",
  LC_ALL: "C.UTF-8",
  TZ: "UTC",
  NODE_ENV: process.env.NODE_ENV,
};

/** Made beside its place and moved there when whole: half a cluster would never start. */
async function makeCluster(runtime: string, data: string, account: Account, fast = false) {
  const half = `${data}.new`;
  await fs.rm(half, { recursive: true, force: true });
  await fs.mkdir(half, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined && account.gid !== undefined) await fs.chown(half, account.uid, account.gid);
  const args = ["-D", half, "-U", "supabase_admin", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"];
  execFileSync(path.join(runtime, "bin/initdb"), fast ? [...args, "--no-sync"] : args, {
    ...account,
    env: environment,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  await fs.rename(half, data);
}

const fastSettings = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  wal_level: "minimal",
  max_wal_senders: 0,
  max_wal_size: "64MB",
};

type Server = { process: ChildProcess; output: () => string };

function startServer(runtime: string, data: string, account: Account, options: PostgresOptions): Server {
  const settings = {
    listen_addresses: "127.0.0.1",
    port: options.port,
    unix_socket_directories: "",
    max_connections: 100,
    log_min_messages: "warning",
    "cron.database_name": "postgres",
    ...(options.fast ? fastSettings : {}),
    ...options.settings,
  };
  const args = [
    "-D",
    data,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  // In a group of its own: a Ctrl-C of the terminal reaches us first, and we stop it after its clients.
  const child = spawn(path.join(runtime, "bin/postgres"), args, {
    ...account,
    env: environment,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  process.on("exit", () => child.kill("SIGINT"));
  let output = "";
  child.stderr?.on("data", (chunk) => {
    output = `${output}${chunk}`.slice(-4000);
    options.log?.(String(chunk));
  });
  child.on("error", (error) => {
    output += error.message;
  });
  return { process: child, output: () => output };
}

/** Resolves when it is this cluster that answers: a port that was free may be another Postgres's by now. */
async function answering(server: Server, url: string, data: string) {
  for (let attempt = 0; ; attempt++) {
    if (hasEnded(server.process)) throw refusal(`Postgres does not start: ${server.output().trim()}`);
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query("show data_directory").finally(() => client.end());
      if (rows[0]?.data_directory === data) return;
      throw refusal(`Another Postgres answers at ${url}`);
    } catch (error) {
      if (attempt > 1000) throw error; // recovery after a crash may take its time
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function hasEnded(child: ChildProcess) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

function stopServer(child: ChildProcess) {
  return new Promise<void>((resolve) => {
    if (hasEnded(child)) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGINT"); // fast shutdown
  });
}

// Through a pooler in transaction mode, where one is installed: few sessions of Postgres for many clients.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { freePorts, listening } from "../../local/ports.ts";
import { databaseUrl } from "../../local/postgres.ts";
import { uniform } from "../accounts.ts";
import { unnamedSpend } from "../calls.ts";
import { faster, microseconds } from "../compare.ts";
import { draw } from "../load.ts";
import type { Bench } from "./row.ts";

const programs = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"];

export async function poolerRow(bench: Bench) {
  const program = programs.find((file) => fs.existsSync(file));
  if (!program) return bench.say("no pgbouncer on this machine: the row is left out");
  const database = await bench.server.clone("pooler");
  const pooler = await startPooler(program, bench);
  const url = databaseUrl(pooler.port)("postgres", database.name);
  const pick = uniform(bench.accounts);
  try {
    const sides = [
      { key: "pooled", call: unnamedSpend, url },
      { key: "direct", call: unnamedSpend, url: database.url },
    ];
    const times = await draw(sides, { ...bench, clients: 16, pick });
    bench.report({
      what: "spend through pgbouncer against a direct connection",
      clients: 16,
      ...faster(times, "pooled", "direct"),
    });
    const many = await draw(sides.slice(0, 1), { ...bench, clients: 500, pick });
    const calls = many.get("pooled")?.length ?? 0;
    bench.report({
      what: "spends a second of 500 clients on 20 connections, none failed",
      clients: 500,
      value: calls / bench.seconds,
      unit: "per s",
      detail: `median ${Math.round(microseconds(many, "pooled") / 1000)} ms`,
    });
  } finally {
    await pooler.stop();
  }
  await database.drop();
}

async function startPooler(program: string, { server }: Bench) {
  const [port = 0] = await freePorts(1);
  const file = path.join(server.data, "pgbouncer.ini");
  const users = path.join(server.data, "pgbouncer.txt");
  fs.writeFileSync(users, '"postgres" "postgres"\n');
  fs.writeFileSync(
    file,
    `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 20
max_client_conn = 600
logfile =
`,
  );
  // It refuses to run as root: it runs as the account that the cluster belongs to.
  const { uid, gid } = fs.statSync(server.data);
  const account = process.getuid?.() === 0 ? { uid, gid } : {};
  const child = spawn(program, ["-q", file], { ...account, cwd: "/", stdio: "ignore" });
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  await listening(port, isRunning);
  if (!isRunning()) throw new Error("pgbouncer does not start");
  return {
    port,
    stop: async () => {
      if (!isRunning()) return;
      const ended = once(child, "exit");
      child.kill("SIGINT");
      await ended;
    },
  };
}

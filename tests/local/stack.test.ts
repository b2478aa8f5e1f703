// The platform as one uses it: started, killed, started again. One run for all rules, for each start takes seconds.
import { type ChildProcess, fork } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collect } from "../../local/command.mjs";
import { withClient } from "../../local/database.ts";
import { root } from "../../local/environment.ts";
import { freePorts, requireFree } from "../../local/ports.ts";
import { isAlive, type Note, readNote } from "../../local/state.ts";

let state: string;
let env: NodeJS.ProcessEnv;
let running: ChildProcess | undefined;
beforeAll(async () => {
  state = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-stack-"));
  const [api, database, functions, stripe] = (await freePorts(4)).map(String);
  const { npm_lifecycle_event, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, ...inherited } = process.env;
  env = {
    ...inherited,
    STACK_DIR: state,
    API_PORT: `${api}`,
    DB_PORT: `${database}`,
    FN_PORT: `${functions}`,
    STRIPE_PORT: `${stripe}`,
  };
});
afterAll(async () => {
  await end("SIGTERM");
  fs.rmSync(state, { recursive: true, force: true });
});

test("after kill -9 the next start ends what is left and keeps the data; Ctrl-C leaves nothing", async () => {
  await start();
  const first = note();
  const users = await userIds(first);
  expect(users).toHaveLength(2);
  expect(await sandboxSubscriptions()).toBe(1);

  await end("SIGKILL");
  expect(first.children.some(isAlive)).toBe(true);
  await start();
  const second = note();
  expect(first.children.filter(isAlive)).toEqual([]);
  expect(await userIds(second)).toEqual(users);
  expect(await sandboxSubscriptions()).toBe(1);

  for (const script of ["stack", "reset"]) {
    const { code, output } = await command(script);
    expect(code).toBe(1);
    expect(output).toContain(`already running (pid ${second.self.pid})`);
  }

  await end("SIGINT");
  expect([second.self, ...second.children].filter(isAlive)).toEqual([]);
  await requireFree({
    api: Number(env.API_PORT),
    database: Number(env.DB_PORT),
    functions: Number(env.FN_PORT),
    stripe: Number(env.STRIPE_PORT),
  });

  expect((await command("reset")).code).toBe(0);
  expect(fs.existsSync(path.join(state, "db"))).toBe(false);
}, 120_000);

/** As `npm run api`: everything but the web application. */
async function start() {
  const child = fork(path.join(root, "local/stack.ts"), ["api"], { env, silent: true });
  running = child;
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new Error(output)));
  });
}

async function end(signal: NodeJS.Signals) {
  if (!running || running.exitCode !== null || running.signalCode) return;
  const gone = new Promise((resolve) => running?.once("exit", resolve));
  running.kill(signal);
  await gone;
}

function note(): Note {
  const found = readNote(state);
  if (!found) throw new Error("the platform has left no note");
  return found;
}

function command(script: string) {
  return collect(process.execPath, [path.join(root, `local/${script}.ts`), "api"], { env });
}

function userIds({ databaseUrl }: Note) {
  return withClient(
    databaseUrl,
    async (client) => (await client.query("select id from auth.users order by id")).rows,
  );
}

function sandboxSubscriptions() {
  const url = `postgresql://supabase_admin:postgres@127.0.0.1:${env.DB_PORT}/stripe`;
  return withClient(url, async (client) => {
    const { rows } = await client.query("select count(*)::integer from objects where kind = 'subscription'");
    return rows[0].count;
  });
}

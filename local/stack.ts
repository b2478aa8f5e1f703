// One command for everything: Postgres, migrations, Auth and REST, edge functions behind one gateway, cron, Next.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { getRequestListener } from "@hono/node-server";
import { jwtVerify } from "jose";
import { parse } from "smol-toml";
import { startCron } from "./cron.ts";
import { type Config, createLite, keys } from "./lite.ts";
import { bootstrap, migrate } from "./migrate.ts";
import { startPostgres, stateDir } from "./pg.ts";

const mode = process.argv[2] ?? "dev"; // dev | start | api
const root = path.resolve(import.meta.dirname, "..");
const state = stateDir(root);
const logs = path.join(state, "logs");
fs.mkdirSync(logs, { recursive: true });
const log = (name: string) => (text: string) => fs.appendFileSync(path.join(logs, `${name}.log`), text);
const sleep = (ms: number) => new Promise((r) => setTimeout(r, ms));

// supabase/config.toml is the official CLI's own file; ports may be moved aside by the environment.
type Toml = Config & {
  functions?: Record<string, { verify_jwt?: boolean }>;
  api: { port: number };
  db: { port: number };
};
const config = parse(fs.readFileSync(path.join(root, "supabase/config.toml"), "utf8")) as unknown as Toml;
const api = Number(process.env.API_PORT ?? config.api.port);
const dbPort = Number(process.env.DB_PORT ?? config.db.port);
const fnPort = Number(process.env.FN_PORT ?? api + 2);
const web = Number(process.env.PORT ?? 3000);

// One stack per checkout; end what a killed one (kill -9, a crash) left behind.
type Child = { pid: number; mark: string };
const lock = path.join(state, "stack.json");
const held = { pid: process.pid, children: [] as Child[] };
const alive = ({ pid, mark }: Child) => {
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(mark);
  } catch {
    return false;
  }
};
const own = (pid: number | undefined, mark: string) => {
  if (pid) held.children.push({ pid, mark });
  fs.writeFileSync(lock, JSON.stringify(held));
};
if (fs.existsSync(lock)) {
  const old = JSON.parse(fs.readFileSync(lock, "utf8")) as typeof held;
  if (alive({ pid: old.pid, mark: "stack.ts" })) {
    console.error(`This checkout's stack is already running (pid ${old.pid}).`);
    process.exit(1);
  }
  for (const c of old.children.filter(alive)) {
    process.kill(c.mark === "postgres" ? c.pid : -c.pid, c.mark === "postgres" ? "SIGINT" : "SIGTERM");
    for (let n = 0; n < 100 && alive(c); n++) await sleep(50);
  }
}
own(undefined, "");

const cleanups: (() => Promise<unknown>)[] = [];
let closing: Promise<never> | undefined;
const shutdown = (code = 0) => {
  closing ??= (async () => {
    process.stdout.write("\nstopping … ");
    for (const c of cleanups.reverse()) await Promise.race([c().catch(() => {}), sleep(8000)]);
    fs.rmSync(lock, { force: true });
    console.log("done");
    process.exit(code);
  })();
};
for (const s of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(s, () => shutdown());
process.on("uncaughtException", (e) => {
  console.error(e);
  shutdown(1);
});

/** A child in a process group of its own, so that one signal ends it with all it started. */
function run(name: string, mark: string, cmd: string, args: string[], env: Record<string, string>) {
  const p = spawn(cmd, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  own(p.pid, mark);
  const write = log(name);
  p.stdout.on("data", (b) => write(String(b)));
  p.stderr.on("data", (b) => write(String(b)));
  p.on("exit", (code) => {
    if (closing) return;
    console.error(`${name} ended with ${code}: see ${logs}/${name}.log`);
    shutdown(1);
  });
  const kill = (s: NodeJS.Signals) => {
    try {
      process.kill(-(p.pid as number), s);
    } catch {}
  };
  cleanups.push(async () => {
    if (p.exitCode !== null || p.signalCode) return;
    const gone = new Promise((r) => p.once("exit", r));
    kill("SIGTERM");
    const timer = setTimeout(() => kill("SIGKILL"), 4000);
    await gone;
    clearTimeout(timer);
    kill("SIGKILL"); // grandchildren
  });
}
async function up(url: string, ms = 90_000) {
  for (const end = Date.now() + ms; !closing; await sleep(40)) {
    if (
      await fetch(url).then(
        (r) => r.status < 500,
        () => false,
      )
    )
      return;
    if (Date.now() > end) throw new Error(`no answer from ${url}`);
  }
}
async function step<T>(name: string, fn: () => Promise<T>) {
  const t = performance.now();
  const r = await fn();
  console.log(`  ✔ ${name.padEnd(24)} ${String(Math.round(performance.now() - t)).padStart(6)} ms`);
  return r;
}

const t0 = performance.now();
const db = await step("postgres", async () => {
  const p = await startPostgres({ root, port: dbPort, log: log("postgres") });
  cleanups.push(p.stop);
  own(p.proc.pid, "postgres");
  return p;
});
const admin = db.url("supabase_admin");
await step("migrations", async () => {
  await bootstrap(admin);
  const applied = await migrate(db.url(), path.join(root, "supabase/migrations"));
  for (const f of applied) console.log(`    ${f}`);
});
const base = `http://127.0.0.1:${api}`;
const env: Record<string, string> = {
  NEXT_PUBLIC_SUPABASE_URL: base,
  NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: keys.publishable,
  SUPABASE_URL: base,
  SUPABASE_PUBLISHABLE_KEY: keys.publishable,
  SUPABASE_SECRET_KEY: keys.secret,
  STRIPE_SECRET_KEY: process.env.STRIPE_SECRET_KEY ?? "sk_test_local",
  STRIPE_WEBHOOK_SECRET: process.env.STRIPE_WEBHOOK_SECRET ?? "whsec_local",
  NEXT_TELEMETRY_DISABLED: "1",
  DENO_NO_UPDATE_CHECK: "1",
};
const functions = step("edge functions", async () => {
  const flags = [
    "--node-modules-dir=manual",
    "--cached-only",
    "--no-lock",
    "--config",
    "supabase/functions/deno.json",
  ];
  const allow = ["--allow-net", "--allow-env", "--allow-read", "--allow-sys"];
  run(
    "functions",
    "deno",
    path.join(root, "node_modules/.bin/deno"),
    ["run", ...flags, ...allow, "local/deno/serve.ts", String(fnPort)],
    env,
  );
  await up(`http://127.0.0.1:${fnPort}/_health`);
});
functions.catch(() => {});
await step("auth, rest, gateway", async () => {
  const lite = await createLite(admin, config);
  cleanups.push(lite.close);
  const toLite = getRequestListener((req) => lite.app.fetch(req, { peerAddress: null }), {
    overrideGlobalObjects: false,
  });
  const secret = new TextEncoder().encode(keys.jwtSecret);
  const cors = {
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "authorization, x-client-info, apikey, content-type",
  };
  const server = http.createServer(async (req, res) => {
    const name = /^\/functions\/v1\/([\w-]+)/.exec(req.url ?? "")?.[1];
    if (!name) return toLite(req, res);
    const fail = (code: number, message: string) => {
      if (!res.headersSent) res.writeHead(code, { "content-type": "application/json", ...cors });
      res.end(JSON.stringify({ code, message }));
    };
    if (req.method !== "OPTIONS" && config.functions?.[name]?.verify_jwt !== false) {
      const token = (req.headers.authorization ?? "").replace(/^Bearer /i, "");
      const ok =
        token === keys.secret ||
        (await jwtVerify(token, secret).then(
          () => true,
          () => false,
        ));
      if (!ok) return fail(401, "Invalid JWT");
    }
    const options = {
      host: "127.0.0.1",
      port: fnPort,
      path: req.url?.slice("/functions/v1".length),
      method: req.method,
      headers: req.headers,
    };
    const on = http.request(options, (r) => {
      res.writeHead(r.statusCode ?? 502, r.headers);
      r.pipe(res);
    });
    on.on("error", () => fail(503, "The function did not answer"));
    req.pipe(on);
  });
  await new Promise<void>((done, fail) => server.once("error", fail).listen(api, "127.0.0.1", done));
  cleanups.push(async () => {
    server.closeAllConnections();
    server.close();
  });
});
cleanups.push(startCron(admin, (e) => log("cron")(`${e}\n`)));
if (mode !== "api") {
  await step(`next ${mode}`, async () => {
    const args = ["node_modules/next/dist/bin/next", mode, "-H", "127.0.0.1", "-p", String(web)];
    run("web", "next", process.execPath, args, {
      ...env,
      NODE_ENV: mode === "dev" ? "development" : "production",
    });
    await up(`http://127.0.0.1:${web}/login`);
  });
}
await functions;
const s = ((performance.now() - t0) / 1000).toFixed(1);
console.log(
  `ready in ${s} s\n  web  http://127.0.0.1:${web}\n  api  ${base}\n  db   ${db.url()}\n  logs ${logs}`,
);

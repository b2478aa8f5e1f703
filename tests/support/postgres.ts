// One embedded Postgres for the whole run; a template database with every migration applied.
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { bootstrap, migrate } from "../../local/migrate.ts";
import { startPostgres, stateDir } from "../../local/pg.ts";

declare module "vitest" {
  export interface ProvidedContext {
    pgPort: number;
  }
}
const freePort = () =>
  new Promise<number>((done) => {
    const s = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = s.address() as net.AddressInfo;
      s.close(() => done(port));
    });
  });

/** Clusters of killed runs. */
function sweep(state: string) {
  for (const d of fs.existsSync(state) ? fs.readdirSync(state) : []) {
    const pid = Number(/^test-(\d+)$/.exec(d)?.[1]);
    if (!pid) continue;
    try {
      process.kill(pid, 0);
      continue;
    } catch {}
    try {
      process.kill(
        Number(fs.readFileSync(path.join(state, d, "postmaster.pid"), "utf8").split("\n")[0]),
        "SIGQUIT",
      );
    } catch {}
    fs.rmSync(path.join(state, d), { recursive: true, force: true });
  }
}
export default async function setup(project: TestProject) {
  const root = path.resolve(import.meta.dirname, "../..");
  const t = performance.now();
  const name = `test-${process.pid}`;
  const shm =
    process.platform === "linux" &&
    fs.existsSync("/dev/shm") &&
    fs.statfsSync("/dev/shm").bavail * fs.statfsSync("/dev/shm").bsize > 1e9;
  const dataRoot = shm ? `/dev/shm/${path.basename(root)}-test-${process.getuid?.()}` : stateDir(root); // clones: 20 ms in memory, 25-200 ms on disk
  fs.mkdirSync(dataRoot, { recursive: true });
  sweep(dataRoot);
  const port = await freePort();
  const db = await startPostgres({
    root,
    name,
    dataRoot,
    port,
    fast: true,
    settings: { max_connections: 200 },
  });
  const end = async () => {
    await db.stop();
    fs.rmSync(db.data, { recursive: true, force: true });
  };
  try {
    await makeTemplate(db.url, path.join(root, "supabase/migrations"));
  } catch (e) {
    await end(); // else the run waits 10 s for it and then leaves it behind
    throw e;
  }
  console.log(`test postgres ready in ${Math.round(performance.now() - t)} ms`);
  project.provide("pgPort", port);
  return end;
}

async function makeTemplate(url: (user?: string, db?: string) => string, migrations: string) {
  const admin = new pg.Client({ connectionString: url("supabase_admin", "postgres") });
  admin.on("error", () => {});
  await admin.connect();
  await admin.query("create database tpl");
  await bootstrap(url("supabase_admin", "tpl"));
  await migrate(url("postgres", "tpl"), migrations);
  const c = new pg.Client({ connectionString: url("supabase_admin", "tpl") });
  await c.connect();
  await c.query("create extension pgtap with schema extensions");
  await c.end();
  await admin.query("alter database tpl is_template true allow_connections false");
  await admin.end();
}

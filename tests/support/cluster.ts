// One Postgres for a whole run, and in it a template: every migration, the default catalog, pgTAP.
import fs from "node:fs";
import path from "node:path";
import { applyCatalog } from "../../local/catalog.ts";
import { withClient } from "../../local/database.ts";
import { root } from "../../local/environment.ts";
import { migrate, preparePlatform } from "../../local/migrate.ts";
import { freePorts } from "../../local/ports.ts";
import { type Postgres, startPostgres } from "../../local/postgres.ts";
import { openStateDir } from "../../local/state.ts";

/** The cluster of a run; one more is told apart by its name. */
export async function startCluster(name = "") {
  const state = openStateDir(root);
  const home = clusterHome(state);
  endOrphans(home);
  const [port = 0] = await freePorts(1);
  const data = path.join(home, `test-${process.pid}${name && `-${name}`}`);
  const postgres = await startPostgres({ state, port, data, fast: true, settings: { max_connections: 300 } });
  const end = async () => {
    await postgres.stop();
    fs.rmSync(data, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
  } catch (error) {
    await end(); // else the run waits 10 s for it and then leaves it behind
    throw error;
  }
  return { port, end };
}

/** In memory where there is room: a clone takes 20 ms there, 25 to 200 on disk. */
function clusterHome(state: string) {
  const memory = "/dev/shm";
  const room = fs.existsSync(memory) ? fs.statfsSync(memory) : { bavail: 0, bsize: 0 };
  if (room.bavail * room.bsize < 1e9) return state;
  const home = path.join(memory, `${path.basename(state)}-${process.getuid?.()}-test`);
  fs.mkdirSync(home, { recursive: true });
  fs.chmodSync(home, 0o755);
  return home;
}

/** Ends the clusters of runs that were killed. */
export function endOrphans(home: string) {
  for (const name of fs.readdirSync(home)) {
    const pid = Number(/^test-(\d+)(-\w+)?(\.new)?$/.exec(name)?.[1]);
    if (!pid || isRunning(pid)) continue;
    const data = path.join(home, name);
    const [postmaster] = readIfThere(path.join(data, "postmaster.pid")).split("\n");
    // The pid may be somebody else's by now. Where there is no /proc, Postgres ends when it finds its folder gone.
    if (postmaster && readIfThere(`/proc/${postmaster}/cmdline`).split("\0").includes(data))
      process.kill(Number(postmaster), "SIGQUIT");
    fs.rmSync(data, { recursive: true, force: true });
  }
}

function isRunning(pid: number) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function readIfThere(file: string) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

export async function makeTemplate(url: Postgres["url"]) {
  const admin = url("supabase_admin");
  await withClient(admin, (client) => client.query("create database tpl"));
  await preparePlatform(url("supabase_admin", "tpl"));
  await migrate(url("postgres", "tpl"), path.join(root, "supabase/migrations"));
  await applyCatalog(url("postgres", "tpl"), "editor");
  await withClient(url("supabase_admin", "tpl"), (client) =>
    client.query("create extension pgtap with schema extensions"),
  );
  await withClient(admin, (client) =>
    client.query("alter database tpl is_template true allow_connections false"),
  );
}

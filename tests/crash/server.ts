// A cluster as in production, which can be killed as a whole and started again.
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { root } from "../../local/environment.ts";
import { freePorts } from "../../local/ports.ts";
import { startPostgres } from "../../local/postgres.ts";
import { identify, isAlive, openStateDir } from "../../local/state.ts";
import { endOrphans, makeTemplate } from "../support/cluster.ts";

export type Server = Awaited<ReturnType<typeof startServer>>;

/** On disk, and unless `fast` with the settings that Postgres has by itself: nothing that is committed is lost. */
export async function startServer(fast: boolean) {
  const state = openStateDir(root);
  endOrphans(state);
  const [port = 0] = await freePorts(1);
  const data = path.join(state, `test-${process.pid}-crash`);
  const start = () => startPostgres({ state, port, data, fast, settings: { max_connections: 150 } });
  let postgres = await start();
  let ready: Promise<void> = Promise.resolve();
  let kills = 0;

  const end = async () => {
    await ready.catch(() => {});
    await killFamily(); // nobody needs its last checkpoint
    fs.rmSync(data, { recursive: true, force: true });
  };
  try {
    await makeTemplate(postgres.url);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    port,
    adminUrl: postgres.url("supabase_admin"),
    /** How often it was killed. */
    kills: () => kills,
    /** Resolves while it can be asked. */
    ready: () => ready,
    /** kill -9, then a new start, which recovers what was committed. */
    kill() {
      ready = ready.then(async () => {
        kills++;
        await killFamily();
        postgres = await start();
      });
      return ready;
    },
    end,
  };

  async function killFamily() {
    const { pid: postmaster, exitCode, signalCode } = postgres.process;
    if (postmaster === undefined || exitCode !== null || signalCode !== null) return;
    const gone = once(postgres.process, "exit");
    // Stopped first, so that it starts no more children. Each of these leads a group of its own.
    process.kill(postmaster, "SIGSTOP");
    const family = [postmaster, ...childrenOf(postmaster)].flatMap((pid) => identify(pid) ?? []);
    for (const { pid } of family) process.kill(pid, "SIGKILL");
    await gone;
    // As long as one of them is there, it has the shared memory, and no other may start.
    while (family.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

function childrenOf(pid: number) {
  const words =
    process.platform === "linux"
      ? fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      : execFileSync("pgrep", ["-P", String(pid)], { encoding: "utf8" });
  return words.trim().split(/\s+/).map(Number);
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "./environment.ts";
import { listening } from "./ports.ts";
import type { Supervisor } from "./processes.ts";

/** How Deno is run and asked here: packages come from node_modules, nothing is downloaded, no second lockfile. */
export const denoFlags = [
  "--node-modules-dir=manual",
  "--cached-only",
  "--no-lock",
  "--config",
  "supabase/functions/deno.json",
];
/** The program itself: the one in node_modules/.bin is a script that starts it, and would have to be ended as well. */
export const deno = findDeno();

type FunctionsOptions = { port: number; env: Record<string, string>; state: string; watch: boolean };

/** The edge functions in real Deno; resolves when they listen. */
export function startFunctions(supervisor: Supervisor, { port, env, state, watch }: FunctionsOptions) {
  supervisor.run(
    "functions",
    deno,
    functionsCommand(port, watch),
    { ...env, DENO_DIR: path.join(state, "deno") },
    root,
  );
  return listening(port, () => !supervisor.isEnding());
}

/**
 * The functions by themselves, on a port of their own, with this environment and nothing else. Throws, with what Deno
 * said, when it ends before it serves.
 */
export async function serveFunctions(env: Record<string, string>) {
  const child = spawn(deno, functionsCommand(0), {
    cwd: root,
    env: { NODE_ENV: "production", NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const closed = once(child, "close"); // by then all it said has been read
  /** Answers the signal that ended it, which is null where it had ended by itself. */
  const stop = async (signal: NodeJS.Signals = "SIGTERM"): Promise<NodeJS.Signals | null> => {
    child.kill(signal);
    return (await closed)[1];
  };
  for await (const line of createInterface(child.stdout)) {
    const port = /^functions on (\d+)/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume(); // else its log would fill the pipe
    return { url: `http://127.0.0.1:${port}`, stop, errors: () => said };
  }
  throw new Error(`Deno ended before it served the functions: ${said}`);
}

/** What Deno is told to serve all functions; on port 0 it says which it was given. */
function functionsCommand(port: number, watch = false): string[] {
  return [
    "run",
    ...(watch ? ["--watch=supabase/functions"] : []),
    ...denoFlags,
    ...["--allow-net", "--allow-env", "--allow-read", "--allow-sys"],
    "local/deno/serve.ts",
    String(port),
  ];
}

function findDeno() {
  const libc = process.platform === "linux" ? "-glibc" : "";
  const name = `@deno/${process.platform}-${process.arch}${libc}`;
  const require = createRequire(import.meta.url);
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), "deno");
}

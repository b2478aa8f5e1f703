import { createRequire } from "node:module";
import path from "node:path";
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

/** What Deno is told to serve all functions; on port 0 it says which it was given. */
export function functionsCommand(port: number, watch = false): string[] {
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

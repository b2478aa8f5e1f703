// Every npm script begins here, on whatever Node there is and before there is a node_modules: install what the
// lockfile says, then hand over to a Node that runs TypeScript. No dependencies.
import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { collect } from "./command.mjs";
import { explain, refusal, step } from "./steps.mjs";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const quiet = {
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  SUPABASE_TELEMETRY_DISABLED: "1",
  DENO_NO_UPDATE_CHECK: "1",
};

try {
  const [script, ...args] = process.argv.slice(2);
  if (!script) throw refusal("usage: node local/bootstrap.mjs <script of local/> [arguments]");
  Object.assign(process.env, quiet);
  if (!isInstalled()) await step("npm ci", install);
  // What Node has compiled once it need not compile at each start; Node 20 does not know how.
  process.env.NODE_COMPILE_CACHE ??= path.join(root, "node_modules/.cache/compiled");
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE);
  await handOver(path.join(root, "local", `${script}.ts`), args);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

/** npm keeps its own account of what it installed; an entry may be missing there only if it is for another system. */
function isInstalled() {
  const account = path.join(root, "node_modules/.package-lock.json");
  if (!existsSync(account)) return false;
  const wanted = packages(path.join(root, "package-lock.json"));
  const present = packages(account);
  return (
    Object.keys(present).every((at) => at in wanted) &&
    Object.entries(wanted).every(
      ([at, { version, optional }]) =>
        at === "" || (present[at] ? present[at].version === version : optional),
    )
  );
}

/**
 * @param {string} lockfile
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function packages(lockfile) {
  return JSON.parse(readFileSync(lockfile, "utf8")).packages;
}

async function install() {
  const { code, output } = await collect("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root });
  if (code !== 0) throw refusal(`npm ci ended with ${code}:\n${output.trim()}`);
}

/**
 * @param {string} file
 * @param {string[]} args
 */
async function handOver(file, args) {
  const installed = path.join(root, "node_modules/.bin/node");
  if (!existsSync(installed) && !stripsTypes(process.versions.node))
    throw refusal(
      `Node ${process.versions.node} cannot run TypeScript: on this system install Node 22.18 or later (https://nodejs.org).`,
    );
  if (!existsSync(installed) || realpathSync(installed) === realpathSync(process.execPath)) {
    process.argv = [process.execPath, file, ...args];
    await import(file);
    return;
  }
  // The channel closes when this process is killed, and with it the child knows that nobody waits for it any more.
  const child = spawn(installed, [file, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  // A Ctrl-C reaches the child from the terminal as well; the others only through us.
  process.on("SIGINT", () => {});
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.once("error", (error) => {
    console.error(`${installed} does not run here: ${error.message}`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** @param {string} version */
function stripsTypes(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

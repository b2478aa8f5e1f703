// The processes of the platform: children in groups of their own, ended in reverse order, whatever ends us.
import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { identify, isAlive, type Known, type Note, readNote, removeNote, writeNote } from "./state.ts";
import { explain, refusal } from "./steps.mjs";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One stack per checkout: refuses while another runs, ends what a killed one left behind; true when there was some. */
export async function takeOver(state: string) {
  const old = readNote(state);
  if (!old) return false;
  const orphaned = old.parent !== undefined && !isAlive(old.parent);
  if (isAlive(old.self)) {
    if (!orphaned)
      throw refusal(
        `This checkout's platform is already running (pid ${old.self.pid}), its API at port ${old.apiPort}.`,
      );
    await endProcess(old.self, old.self.pid, ["SIGTERM", "SIGKILL"]);
  }
  // The last one started depends on those before it. A child is the leader of its group.
  for (const child of old.children.toReversed())
    await endProcess(child, -child.pid, ["SIGINT", "SIGTERM", "SIGKILL"]);
  removeNote(state);
  return true;
}

async function endProcess(target: Known, address: number, signals: NodeJS.Signals[]) {
  for (const signal of signals) {
    if (!isAlive(target)) return;
    send(address, signal);
    for (let waited = 0; waited < 4000 && isAlive(target); waited += 20) await sleep(20);
  }
}

function send(address: number, signal: NodeJS.Signals) {
  try {
    process.kill(address, signal);
  } catch {
    // gone already
  }
}

export type Supervisor = ReturnType<typeof createSupervisor>;

export function createSupervisor(
  state: string,
  about: Pick<Note, "apiPort" | "databaseUrl" | "controlToken">,
) {
  const logs = path.join(state, "logs");
  fs.rmSync(logs, { recursive: true, force: true });
  fs.mkdirSync(logs, { recursive: true });
  const self = identify(process.pid);
  if (!self) throw new Error("this process cannot see itself in /proc");
  const parent = process.env.npm_lifecycle_event ? identify(process.ppid) : undefined;
  const children: Known[] = [];
  const endings: (() => unknown)[] = [];
  let ending: Promise<never> | undefined;
  const note = () => writeNote(state, { ...about, self, ...(parent ? { parent } : {}), children });

  const end = (code: number) => {
    ending ??= (async () => {
      for (const stop of endings.reverse())
        await Promise.race([Promise.resolve().then(stop), sleep(8000)]).catch(() => {});
      removeNote(state);
      process.exit(code);
    })();
    return ending;
  };
  const fail = (error: unknown) => {
    if (!ending) console.error(explain(error));
    return end(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void end(0));
  process.on("disconnect", () => void end(0));
  process.on("uncaughtException", (error) => void fail(error));
  process.on("unhandledRejection", (error) => void fail(error));
  if (parent) {
    // A killed npm leaves us behind without a terminal; nobody could end us with Ctrl-C then.
    const watch = setInterval(() => isAlive(parent) || void end(0), 1000);
    watch.unref();
  }
  note();

  const log = (name: string) => (text: string) => fs.appendFileSync(path.join(logs, `${name}.log`), text);
  /** The platform cannot do without any of its children: the end of one is the end of all. */
  const adopt = (name: string, child: ChildProcess) => {
    const known = child.pid === undefined ? undefined : identify(child.pid);
    if (known) children.push(known);
    note();
    child.once("error", (error) => void fail(refusal(`${name} does not start: ${error.message}`)));
    child.once("exit", (code, signal) => {
      if (ending) return;
      void fail(refusal(`${name} ended with ${code ?? signal}:\n${tail(path.join(logs, `${name}.log`))}`));
    });
  };

  const run = (name: string, command: string, args: string[], env: Record<string, string>, cwd: string) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const write = log(name);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => write(String(chunk)));
    adopt(name, child);
    endings.push(() => endGroup(child));
  };

  return {
    logs,
    log,
    run,
    adopt,
    fail,
    onEnd: (stop: () => unknown) => void endings.push(stop),
    isEnding: () => ending !== undefined,
  };
}

async function endGroup(child: ChildProcess) {
  if (child.pid === undefined) return;
  if (child.exitCode === null && !child.signalCode) {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    send(-child.pid, "SIGTERM");
    await Promise.race([gone, sleep(4000)]);
  }
  send(-child.pid, "SIGKILL"); // also what the child itself has started
}

function tail(file: string) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
  return text.trimEnd().split("\n").slice(-15).join("\n");
}

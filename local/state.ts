// The state folder of a checkout, and the note in it that says which processes are running.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { refusal } from "./steps.mjs";

/** One folder per checkout: inside it, or for root (whose checkout the Postgres account may not enter) in /var/tmp. */
export function stateDir(root: string) {
  if (process.env.STACK_DIR) return path.resolve(process.env.STACK_DIR);
  if (process.getuid?.() !== 0) return path.join(root, ".stack");
  const id = createHash("sha256").update(root).digest("hex").slice(0, 8);
  return `/var/tmp/${path.basename(root)}-${id}`;
}

/** Readable by the Postgres account whatever the umask says, and nobody else's: /var/tmp is open to all. */
export function openStateDir(root: string) {
  const dir = stateDir(root);
  fs.mkdirSync(dir, { recursive: true });
  const owner = fs.statSync(dir).uid;
  if (process.getuid && owner !== process.getuid())
    throw refusal(`${dir} belongs to another account (uid ${owner}): STACK_DIR names another folder`);
  fs.chmodSync(dir, 0o755);
  return dir;
}

const known = z.object({ pid: z.number(), born: z.string() });
const note = z.object({
  self: known,
  parent: known.optional(),
  children: z.array(known),
  apiPort: z.number(),
  databaseUrl: z.string(),
  controlToken: z.string(),
});
export type Known = z.infer<typeof known>;
export type Note = z.infer<typeof note>;

const noteFile = (state: string) => path.join(state, "stack.json");

export function readNote(state: string): Note | undefined {
  try {
    return note.parse(JSON.parse(fs.readFileSync(noteFile(state), "utf8")));
  } catch {
    return undefined; // none, or cut short by a crash
  }
}

/** Renamed into place, so that a crash leaves the old note or the new one. */
export function writeNote(state: string, content: Note) {
  const half = `${noteFile(state)}.${process.pid}`;
  fs.writeFileSync(half, JSON.stringify(content), { mode: 0o600 });
  fs.renameSync(half, noteFile(state));
}

export function removeNote(state: string) {
  fs.rmSync(noteFile(state), { force: true });
}

/** A pid is reused, the instant of its birth is not: together they name one process. */
export function identify(pid: number): Known | undefined {
  const born = bornAt(pid);
  return born ? { pid, born } : undefined;
}

export function isAlive({ pid, born }: Known) {
  return bornAt(pid) === born;
}

function bornAt(pid: number) {
  try {
    if (process.platform !== "linux")
      return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const fields = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return fields[0] === "Z" ? undefined : fields[19]; // starttime, the 22nd of proc(5), counted from after the name
  } catch {
    return undefined;
  }
}

// The Next application: built when the build is missing or stale, then served.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { collect } from "./command.mjs";
import { root } from "./environment.ts";
import { listening } from "./ports.ts";
import type { Supervisor } from "./processes.ts";
import { refusal } from "./steps.mjs";

const next = "node_modules/next/dist/bin/next";
const inputs = [
  "app",
  "components",
  "lib",
  "messages",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "tsconfig.json",
  "package-lock.json",
];

/** A build is current while the content of what it was made from is the same; dates say nothing after a checkout. */
export function isBuilt(dir = root) {
  return readIfThere(stampFile(dir)) === digestInputs(dir) && fs.existsSync(path.join(dir, ".next/BUILD_ID"));
}

export async function build(dir = root) {
  fs.rmSync(stampFile(dir), { force: true });
  const digest = digestInputs(dir);
  const env = { ...process.env, NODE_ENV: "production" as const };
  const { code, output } = await collect(process.execPath, [next, "build"], { cwd: dir, env });
  if (code !== 0) throw refusal(`next build ended with ${code}:\n${output.trim()}`);
  fs.writeFileSync(stampFile(dir), digest);
}

type WebOptions = { mode: "start" | "dev"; port: number; env: Record<string, string> };

/** Resolves when Next listens; in `dev` the first page compiles after that. */
export function startWeb(supervisor: Supervisor, { mode, port, env }: WebOptions) {
  const args = [next, mode, "-H", "127.0.0.1", "-p", String(port)];
  const NODE_ENV = mode === "dev" ? "development" : "production";
  supervisor.run("web", process.execPath, args, { ...env, NODE_ENV }, root);
  return listening(port, () => !supervisor.isEnding());
}

function stampFile(dir: string) {
  return path.join(dir, ".next/inputs.sha256");
}

function readIfThere(file: string) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
}

/** What `next build` reads, in one number. */
export function digestInputs(dir: string) {
  const settings = fs.readdirSync(dir).filter((name) => /^(next|postcss)\.config\.|^\.env/.test(name));
  const hash = createHash("sha256");
  for (const file of [...inputs, ...settings].flatMap((name) => filesIn(dir, name)).sort())
    hash
      .update(`${file}\0`)
      .update(fs.readFileSync(path.join(dir, file)))
      .update("\0");
  return hash.digest("hex");
}

function filesIn(dir: string, name: string): string[] {
  const stat = fs.statSync(path.join(dir, name), { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [name];
  return fs
    .readdirSync(path.join(dir, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)));
}

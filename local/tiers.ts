// What `npm test` runs, except the browser and PostgreSQL 15: each tier answers how many of its tests passed.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { collect } from "./command.mjs";
import { root } from "./environment.ts";
import { deno, denoFlags } from "./functions.ts";
import { openStateDir } from "./state.ts";
import { explain } from "./steps.mjs";
import { build, isBuilt } from "./web.ts";

/** `output` is shown in full when something failed, `skipped` says why nothing ran. */
export type Outcome = { passed: number; failed: number; output: string; skipped?: string };

const bin = (name: string) => path.join(root, "node_modules/.bin", name);

export const lint = () => command(bin("biome"), ["check", "--error-on-warnings", "."]);

export async function types() {
  return sum([
    // Next's own types of routes are part of what tsc reads.
    await command(bin("next"), ["typegen"]),
    await command(bin("tsc"), ["--noEmit", "--incremental", "false"]),
    await command(deno, ["check", ...denoFlags, ...functionFiles(), "local/deno/serve.ts"], denoCache()),
  ]);
}

export async function nextBuild(): Promise<Outcome> {
  try {
    if (!isBuilt()) await build();
    return { passed: 1, failed: 0, output: "" };
  } catch (error) {
    return { passed: 0, failed: 1, output: explain(error) };
  }
}

type VitestReport = {
  numPassedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** What the sandboxes of these tests are asked, answer and send is kept in a folder, for `contract` to check. */
export function recordStripe() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-stripe-"));
  process.env.STRIPE_RECORDING = folder;
  return {
    /** Held to Stripe's own schema; a run without any of it fails, too. */
    contract(): Promise<Outcome> {
      const files = fs.readdirSync(folder).map((name) => path.join(folder, name));
      const check = "local/stripe/contract/check-stripe-payloads.mjs";
      return command(process.execPath, [
        check,
        "--strict",
        "--quiet",
        ...files,
        ...(files.length ? [] : ["/dev/null"]),
      ]);
    },
    end: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** A file that fails without a failed test of its own (it does not load, a hook throws) counts as one. */
export function vitest(): Promise<Outcome> {
  return withReport<VitestReport>(
    (report) => [
      bin("vitest"),
      ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
      {},
    ],
    ({ numPassedTests, testResults }) => {
      const failures = testResults.map(({ status, assertionResults }) => {
        const failed = assertionResults.filter((assertion) => assertion.status === "failed").length;
        return status === "failed" ? Math.max(1, failed) : failed;
      });
      return { passed: numPassedTests, failed: failures.reduce((all, one) => all + one, 0) };
    },
  );
}

type PlaywrightReport = { stats: { expected: number; flaky: number; unexpected: number }; errors: unknown[] };

export function playwright(env: Record<string, string>): Promise<Outcome> {
  return withReport<PlaywrightReport>(
    (report) => [
      bin("playwright"),
      ["test", "--reporter=list,json"],
      { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    ],
    ({ stats, errors }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
    }),
  );
}

export async function command(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  const { code, output } = await collect(name, args, { cwd: root, env: { ...process.env, ...env } });
  const line = `$ ${path.basename(name)} ${args.join(" ")}\n`;
  return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output: line + output };
}

export function sum(outcomes: Outcome[]): Outcome {
  return outcomes.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      output: one.failed > 0 ? `${all.output}${one.output}\n` : all.output,
    }),
    { passed: 0, failed: 0, output: "" },
  );
}

type Run = [name: string, args: string[], env: Record<string, string>];

async function withReport<Report>(
  run: (file: string) => Run,
  count: (report: Report) => { passed: number; failed: number },
): Promise<Outcome> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-report-"));
  const file = path.join(folder, "report.json");
  try {
    const outcome = await command(...run(file));
    const counted = fs.existsSync(file)
      ? count(JSON.parse(fs.readFileSync(file, "utf8")))
      : { passed: 0, failed: 0 };
    // A run that ends badly with no failed test (nothing loads, an error outside any test) has failed all the same.
    return { ...counted, failed: Math.max(counted.failed, outcome.failed), output: outcome.output };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function functionFiles() {
  const folder = "supabase/functions";
  return fs
    .readdirSync(path.join(root, folder))
    .map((name) => `${folder}/${name}/index.ts`)
    .filter((file) => fs.existsSync(path.join(root, file)));
}

/** The account may have no home to keep a cache in. */
function denoCache() {
  return { DENO_DIR: path.join(openStateDir(root), "deno") };
}

// The tests of the engine, until the first of them fails: pgTAP, then those that vitest runs, then the model.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { collect } from "../../local/command.mjs";
import { root } from "../../local/environment.ts";
import { modelAndPostgres } from "../properties/check.ts";
import { explore, reportOf } from "../properties/explore.ts";
import { openLane } from "../properties/lanes.ts";
import { pgtapFiles, runPgtap } from "../support/pgtap.ts";

type Report = {
  testResults: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
};

const byVitest = ["tests/races", "tests/schedules", "tests/database"];

/** The test that fails, where the template of the cluster at this port is `tpl`; null: none. Looks at `first` first. */
export async function firstFailure(port: number, first: string[]): Promise<string | null> {
  const places = new Set([...first, ...pgtapFiles().map((file) => file.replace(".test.sql", ""))]);
  for (const place of places) {
    const failure = place.startsWith("tests/")
      ? await vitestFailure(port, [place])
      : await pgtapFailure(port, "tpl", place);
    if (failure) return failure;
  }
  return (await vitestFailure(port, byVitest)) ?? (await propertyFailure(port));
}

export async function pgtapFailure(port: number, template: string, noun: string): Promise<string | null> {
  const { plan, assertions } = await runPgtap(port, template, `${noun}.test.sql`);
  const failed = assertions.find(({ passed }) => !passed);
  if (failed) return `${noun}.test.sql: ${said(failed)}`;
  return assertions.length === plan ? null : `${noun}.test.sql: does what it planned`;
}

/** An error's message says more than that there was one. */
function said({ name, diagnostics }: { name: string; diagnostics: string[] }) {
  return name === "runs to its end" ? `${name} (${diagnostics[0] ?? ""})` : name;
}

/** Last, for it takes longest: what no other test catches may still make the model and Postgres differ. */
async function propertyFailure(port: number): Promise<string | null> {
  const { player, end } = await openLane(port, 0);
  try {
    const failure = await explore(player, modelAndPostgres, 1, 5000);
    return failure && `the model: ${reportOf(failure)}`;
  } finally {
    await end();
  }
}

async function vitestFailure(port: number, filters: string[]): Promise<string | null> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-report-"));
  const file = path.join(folder, "report.json");
  try {
    const options = ["--project=node", "--bail=1", "--exclude=tests/database/pgtap.test.ts"];
    const { code, output } = await collect(
      path.join(root, "node_modules/.bin/vitest"),
      ["run", ...options, "--reporter=json", `--outputFile=${file}`, ...filters],
      { cwd: root, env: { ...process.env, TEST_PG_PORT: String(port) } },
    );
    if (code === 0) return null;
    if (!fs.existsSync(file)) throw new Error(output);
    const { testResults }: Report = JSON.parse(fs.readFileSync(file, "utf8"));
    const [first] = testResults.flatMap(({ name, message, assertionResults }) => {
      const failed = assertionResults.find(({ status }) => status === "failed")?.fullName ?? message;
      return failed ? [`${path.basename(name)}: ${failed}`] : [];
    });
    if (first === undefined) throw new Error(output); // no test failed: vitest did, or there was none
    return first;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

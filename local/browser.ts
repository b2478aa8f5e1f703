// The browser tests: a platform of their own, on free ports and without data, begun and ended by the run.
import { fork } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { root } from "./environment.ts";
import { freePorts } from "./ports.ts";
import { openStateDir } from "./state.ts";
import { explain, refusal } from "./steps.mjs";
import { type Outcome, playwright } from "./tiers.ts";

export async function browser(): Promise<Outcome> {
  const executable = findChromium();
  if (!executable) {
    const why =
      "no Chromium: CHROMIUM_PATH names one, /usr/bin/chromium is looked for, or npx playwright install chromium";
    const isRequired = process.env.CI === "true";
    return isRequired ? failure(why) : { passed: 0, failed: 0, output: "", skipped: why };
  }
  try {
    const platform = await startOwnPlatform("browser");
    try {
      return await playwright({ ...platform.env, CHROMIUM_PATH: executable });
    } finally {
      await platform.stop();
    }
  } catch (error) {
    return failure(explain(error));
  }
}

function failure(output: string): Outcome {
  return { passed: 0, failed: 1, output };
}

export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return fs.existsSync(named) ? named : undefined;
  return ["/usr/bin/chromium", chromium.executablePath()].find((file) => fs.existsSync(file));
}

/** Without data, in a folder of that name. */
export async function startOwnPlatform(name: string) {
  const state = path.join(openStateDir(root), name);
  fs.rmSync(path.join(state, "db"), { recursive: true, force: true });
  const [web, api, database, functions, stripe] = (await freePorts(5)).map(String);
  const env = {
    STACK_DIR: state,
    PORT: `${web}`,
    API_PORT: `${api}`,
    DB_PORT: `${database}`,
    FN_PORT: `${functions}`,
    STRIPE_PORT: `${stripe}`,
    BASE_URL: `http://127.0.0.1:${web}`,
    DATABASE_URL: `postgresql://postgres:postgres@127.0.0.1:${database}/postgres`,
  };
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, SITE_URL, ...inherited } = process.env;
  const child = fork(path.join(root, "local/stack.ts"), ["start"], {
    env: { ...inherited, ...env },
    silent: true,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    void gone.then(() => reject(refusal(`The platform for the browser tests does not start:\n${output}`)));
  });
  return {
    env,
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

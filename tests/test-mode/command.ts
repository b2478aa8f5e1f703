// npm run test:stripe: the lives in the test mode of the account that STRIPE_SECRET_KEY names; with --sandbox in a sandbox.
// Ends with 1 when one comes to something else, or when Stripe answers otherwise than the contract says.
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadEnvFile, root } from "../../local/environment.ts";
import { sandboxKeys } from "../../local/keys.ts";

const skipped = `
  SKIPPED: nothing was tried against Stripe, for no key of an account was given.

  Set STRIPE_SECRET_KEY=sk_test_... in the shell or in .env.local: the secret key of an account's test mode, or better of a
  sandbox made for this (https://dashboard.stripe.com/test/apikeys). The run makes the catalog's products and prices in it,
  and customers on test clocks, which it deletes again. docs/stripe-test-mode.md says more.

  npm run test:stripe -- --sandbox does the same in the local sandbox, without an account.
`;

const { values } = parseArgs({
  options: {
    sandbox: { type: "boolean", default: false },
    /** Only the lives whose name has this in it; "catalog" lives none and makes the prices. */
    only: { type: "string", default: "" },
  },
});
loadEnvFile();
const { STRIPE_SECRET_KEY: given = "", STRIPE_API_BASE: base } = process.env;
const key = given === sandboxKeys.secret && !base ? "" : given;

if (!values.sandbox && !key) console.log(skipped);
else if (!values.sandbox && !/^[rs]k_test_\w+$/.test(key)) {
  console.error(
    "STRIPE_SECRET_KEY must be a key of test mode (sk_test_... or rk_test_...): nothing was done.",
  );
  process.exitCode = 1;
} else if (values.sandbox) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "coffer-test-mode-"));
  process.exitCode = await live(folder, "");
  fs.rmSync(folder, { recursive: true });
} else {
  const folder = path.join(root, "tests/stripe/recorded");
  fs.mkdirSync(folder, { recursive: true });
  process.exitCode = await live(folder, key);
  console.log(
    `What Stripe was asked, answered and told: ${folder}. Look through it before it goes anywhere.`,
  );
}

async function live(folder: string, accountKey: string): Promise<number> {
  const env = { TEST_MODE_LIVES: "all", TEST_MODE_RECORDED: folder, TEST_MODE_KEY: accountKey };
  const tests = ["run", "tests/test-mode/lives", "--reporter=verbose", "--testNamePattern", values.only];
  const lived = await run(["node_modules/vitest/vitest.mjs", ...tests], env);
  const file = path.join(folder, accountKey ? "account.jsonl" : "sandbox.jsonl");
  const checked = await run(["local/stripe/contract/check-stripe-payloads.mjs", "--quiet", file], {});
  return lived || checked;
}

async function run([script = "", ...args]: string[], env: Record<string, string>): Promise<number> {
  const command = [path.join(root, script), ...args];
  const child = spawn(process.execPath, command, {
    ...{ cwd: root, stdio: "inherit", env: { ...process.env, ...env } },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, "exit");
  return code ?? 1;
}

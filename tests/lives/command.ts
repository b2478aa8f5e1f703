// npm run test:lives -- --lives 2000 --orders all: the lives of this folder in full, which takes minutes. Ends with 1 when
// one comes to something else.
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../local/environment.ts";

const { values } = parseArgs({
  options: {
    lives: { type: "string", default: "2000" },
    orders: { type: "string", default: "all" },
    switches: { type: "string", default: "each" },
    customers: { type: "string", default: "20" },
    years: { type: "string", default: "3" },
    requests: { type: "string", default: "10000" },
    events: { type: "string", default: "2000" },
    kills: { type: "string", default: "5" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    /** Only the files whose name has this in it. */
    only: { type: "string", default: "" },
  },
});
const env = {
  LIVES: values.lives,
  LIVES_ORDERS: values.orders,
  LIVES_SWITCHES: values.switches,
  LIVES_CUSTOMERS: values.customers,
  LIVES_YEARS: values.years,
  LIVES_REQUESTS: values.requests,
  LIVES_EVENTS: values.events,
  LIVES_KILLS: values.kills,
  LIVES_SEED: values.seed,
};
console.log(`seed ${values.seed}`);
const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
const args = [vitest, "run", `tests/lives/${values.only}`, "--reporter=verbose"];
const run = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => run.kill(signal));
const [code] = await once(run, "exit");
process.exitCode = code ?? 1;

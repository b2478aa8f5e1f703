// The local platform as one process and its children: Postgres, migrations, Auth and REST, edge functions, Stripe
// sandbox, cron, Next. This file is wiring; each part has a file of its own.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { applyFirstCatalog } from "./catalog.ts";
import { createClock } from "./clock.ts";
import { clockRoute, controlPath } from "./control.ts";
import { startCron } from "./cron.ts";
import { demoUsers, hasDemoUsers } from "./demo-users.ts";
import {
  childEnvironment,
  loadEnvFile,
  type Platform,
  readConfig,
  readEnvironment,
  root,
} from "./environment.ts";
import { nightlyReconciliation, topupsEachMinute } from "./function-calls.ts";
import { startFunctions } from "./functions.ts";
import { startGateway } from "./gateway.ts";
import { migrate, preparePlatform } from "./migrate.ts";
import { requireFree } from "./ports.ts";
import { databaseUrl, startPostgres } from "./postgres.ts";
import { createSupervisor, type Supervisor, takeOver } from "./processes.ts";
import { startSandbox } from "./sandbox.ts";
import { openStateDir } from "./state.ts";
import { explain, refusal, step } from "./steps.mjs";
import { createTimekeeper } from "./timekeeper.ts";
import { build, isBuilt, startWeb } from "./web.ts";

type Mode = "start" | "dev" | "api";

await main(process.argv[2] ?? "start").catch((error) => {
  console.error(explain(error));
  process.exit(1);
});

async function main(mode: string) {
  if (!isMode(mode)) throw refusal("usage: npm start | npm run dev | npm run api");
  loadEnvFile();
  const platform = readEnvironment(process.env);
  const state = openStateDir(root);
  const endedOthers = await takeOver(state);
  // The kernel may close the sockets of an ended process a little after it.
  await requireFree(portsOf(platform, mode), endedOthers ? 3000 : 0);
  if (mode === "start" && !isBuilt()) await step("next build", build);
  await start(mode, platform, state);
}

function isMode(word: string): word is Mode {
  return ["start", "dev", "api"].includes(word);
}

function portsOf({ ports, stripe }: Platform, mode: Mode) {
  const { web, stripe: sandbox, ...always } = ports;
  return { ...always, ...(mode === "api" ? {} : { web }), ...(stripe.isSandbox ? { stripe: sandbox } : {}) };
}

async function start(mode: Mode, platform: Platform, state: string) {
  const { ports } = platform;
  const url = databaseUrl(ports.database);
  const admin = url("supabase_admin");
  const controlToken = randomBytes(24).toString("base64url");
  const supervisor = createSupervisor(state, { apiPort: ports.api, databaseUrl: url(), controlToken });
  try {
    const env = childEnvironment(platform);
    // These need nothing but time, so they get it while Postgres starts.
    const web =
      mode === "api"
        ? undefined
        : step(`next ${mode}`, () => startWeb(supervisor, { mode, port: ports.web, env }));
    const functions = step("edge functions", () =>
      startFunctions(supervisor, { port: ports.functions, env, state, watch: mode === "dev" }),
    );
    const api = import("./api.ts");
    await startDatabase(supervisor, state, ports.database);

    const clock = await createClock(admin);
    const cron = startCron(admin, (error) => supervisor.log("cron")(`${error}\n`), [
      nightlyReconciliation(platform, supervisor.log("stripe")),
      topupsEachMinute(platform, supervisor.log("stripe")),
    ]);
    supervisor.onEnd(cron.stop);
    const time = createTimekeeper({ clock, cron, databaseUrl: admin, log: supervisor.log("stripe") });
    const sandbox = platform.stripe.isSandbox
      ? step("stripe sandbox", () =>
          startSandbox({
            platform,
            clock,
            url: (database) => url("supabase_admin", database),
            log: time.note,
          }),
        )
      : undefined;
    await step("auth, rest, gateway", async () => {
      const config = readConfig();
      const rest = await (await api).createApi(admin, config);
      supervisor.onEnd(rest.close);
      const control = {
        path: controlPath,
        handle: clockRoute({ token: controlToken, clock, move: time.move }),
      };
      const addresses = { port: ports.api, functionsPort: ports.functions };
      supervisor.onEnd(await startGateway({ ...addresses, api: rest, functions: config.functions, control }));
    });
    await functions;
    if (sandbox) {
      supervisor.onEnd((await sandbox).stop);
      time.run(await sandbox);
      supervisor.onEnd(time.stop); // its turn over, the sandbox can go
    }
    if (!(await hasDemoUsers(admin, platform))) await demo(platform);
    await web;
    printAddresses(mode, platform, supervisor.logs);
    process.send?.("ready"); // to the run of browser tests
  } catch (error) {
    await supervisor.fail(error);
  }
}

async function startDatabase(supervisor: Supervisor, state: string, port: number) {
  const postgres = await step("postgres", () =>
    startPostgres({ state, port, log: supervisor.log("postgres") }),
  );
  supervisor.onEnd(postgres.stop);
  supervisor.adopt("postgres", postgres.process);
  await step("migrations and catalog", async () => {
    await preparePlatform(postgres.url("supabase_admin"));
    const applied = await migrate(postgres.url(), path.join(root, "supabase/migrations"));
    await applyFirstCatalog(postgres.url(), "editor");
    for (const file of applied) supervisor.log("postgres")(`applied ${file}\n`);
  });
}

/** Without demo users the platform is as good; what went wrong with them is worth knowing, though. */
async function demo(platform: Platform) {
  const { makeDemoUsers } = await import("./demo.ts");
  await step("demo users", () => makeDemoUsers(platform)).catch((error) =>
    console.error(`    ${explain(error)}`),
  );
}

function printAddresses(mode: Mode, { ports, urls, stripe }: Platform, logs: string) {
  const { subscriber, newcomer, password } = demoUsers;
  const lines = [
    ...(mode === "api" ? [] : [`web     ${urls.web}`]),
    `api     ${urls.api}`,
    `stripe  ${stripe.isSandbox ? urls.stripe : "your account, in test mode"}`,
    `db      ${databaseUrl(ports.database)()}`,
    `logs    ${logs}`,
    "",
    `${subscriber}  password ${password}  ${stripe.isSandbox ? "has bought a plan" : "has no plan yet"}`,
    `${newcomer}         password ${password}  is new`,
    "",
    "Ctrl-C ends it; npm run clock -- +1 month moves time; npm run reset empties the data.",
  ];
  console.log(`\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}`);
}

// The pages of the app: what Lighthouse says of each, how much script it loads, how soon it answers a click, and what its
// panels ask of the database.
import fs from "node:fs";
import { withClient } from "../../local/database.ts";
import { account } from "../accounts.ts";
import type { Call } from "../calls.ts";
import { draw, quantile, type Times } from "../load.ts";
import { scriptBudget } from "../page-load.ts";
import { openPages, type Pages } from "../pages.ts";
import { panels } from "../panels.ts";
import type { Bench } from "./row.ts";

const entries = 10_000;
const payments = 1_000;

export async function pagesRow(bench: Bench) {
  await panelsOfTheBusiest(bench);
  bench.say("a platform of its own, and on it an account with weeks of usage");
  const pages = await openPages();
  try {
    await loads(bench, pages);
    await answers(bench, pages);
  } finally {
    await pages.close();
  }
}

/**
 * Each function as a signed-in user calls it, beside the least that a statement can be: what else the machine does shows
 * in the percentiles of both, and not in what the server's process itself has worked. Once with the job just run, once
 * with what a day brings not counted yet.
 */
async function panelsOfTheBusiest(bench: Bench) {
  const perDay = Math.ceil(entries / 90);
  for (const [job, behind] of [
    ["counted", 0],
    ["a day uncounted", perDay],
  ] as const) {
    bench.say(`an account with ${entries} entries, ${job}`);
    const database = await bench.server.clone("pages");
    await database.run("pages", { entries, behind, payments });
    const user = `-c role=authenticated -c request.jwt.claim.sub=${account(0)}`;
    const url = `${database.url}?options=${encodeURIComponent(user)}`;
    const calls = [oneRow, ...panels.map(({ what, sql }) => statement(what, sql))];
    const sides = calls.map((call) => ({ key: call.name, call, url }));
    const times = await draw(sides, { ...bench, clients: 1, pick: () => account(0) });
    const at = (name: string, share: number) => quantile(times.get(name) ?? [], share);
    const shown = (name: string, share: number) => at(name, share).toFixed(2);
    const least = `median ${shown(oneRow.name, 0.5)}, 95th percentile ${shown(oneRow.name, 0.95)}`;
    for (const { what, sql } of panels) {
      const worked = await processorTimes(url, sql);
      bench.report({
        what: `${what}, ${job}: 95th percentile`,
        clients: 1,
        value: at(what, 0.95),
        unit: "ms",
        target: { atMost: 5 },
        detail: [
          `fastest ${shown(what, 0)}, median ${shown(what, 0.5)}`,
          `worked: median ${quantile(worked, 0.5).toFixed(2)}, 95th percentile ${quantile(worked, 0.95).toFixed(2)}`,
          `one row by its key: ${least}`,
        ].join("; "),
      });
    }
    await database.drop();
  }
}

/** Milliseconds that the server's process was at work for each of some calls; none where the system does not tell. */
async function processorTimes(url: string, text: string): Promise<Times> {
  const times: Times = [];
  await withClient(url, async (client) => {
    const { rows } = await client.query("select pg_backend_pid() as pid");
    const file = `/proc/${rows[0]?.pid}/schedstat`;
    if (!fs.existsSync(file)) return;
    const worked = () => Number(fs.readFileSync(file, "utf8").split(" ")[0]) / 1e6;
    for (let n = 0; n < 50; n++) {
      const before = worked();
      await client.query({ name: "panel", text });
      if (n >= 10) times.push(worked() - before); // before, its plans are made anew each time
    }
  });
  return times.sort((a, b) => a - b);
}

const statement = (name: string, text: string): Call => ({
  name,
  units: 1,
  run: (client) => client.query({ name, text }),
});
const oneRow = statement("one row", "select a.balance from billing.accounts a where a.id = auth.uid()");

async function loads(bench: Bench, pages: Pages) {
  const runs = bench.seconds < 10 ? 1 : 3;
  for (const name of pages.names) {
    bench.say(`Lighthouse looks at ${name}`);
    const { performance, accessibility, bestPractices, paints, blocked } = await pages.lighthouse(name, runs);
    const score = { clients: 1, unit: "points", detail: "Lighthouse, mobile" } as const;
    const detail = `first contentful paint ${paints} ms, blocked ${blocked} ms, median of ${runs}`;
    bench.report({
      ...score,
      what: `${name}: performance`,
      value: performance,
      target: { atLeast: 95 },
      detail,
    });
    bench.report({
      ...score,
      what: `${name}: accessibility`,
      value: accessibility,
      target: { atLeast: 100 },
    });
    bench.report({
      ...score,
      what: `${name}: best practices`,
      value: bestPractices,
      target: { atLeast: 100 },
    });
    bench.report({
      what: `${name}: script of the first load, gzipped`,
      clients: 1,
      value: await pages.script(name),
      unit: "KB",
      target: { atMost: scriptBudget },
      detail: "chunks that the page as it is served names",
    });
  }
}

async function answers(bench: Bench, pages: Pages) {
  for (const { what, ms } of await pages.interactions())
    bench.report({
      what: `interaction to next paint: ${what}`,
      clients: 1,
      value: ms,
      unit: "ms",
      target: { atMost: 100 },
      detail: "the slowest of 5, by the Event Timing API",
    });
}

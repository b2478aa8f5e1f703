// Many accounts fall due at once: how fast one session settles them, and what spends beside it notice.
import { setTimeout as sleep } from "node:timers/promises";
import { withClient } from "../../local/database.ts";
import { dueAccount, uniform } from "../accounts.ts";
import { limit, spend } from "../calls.ts";
import { count } from "../figures.ts";
import { median, pace, quantile, turns } from "../load.ts";
import type { Database } from "../server.ts";
import type { Bench } from "./row.ts";

const batch = 100;
const clients = 16;
/** Spends a second beside the sweep, by what the machine can do bare: a queue that grows measures nothing else. */
const shareOfBare = 0.04;
const windowMs = 2000;

export async function sweepRow(bench: Bench) {
  bench.say(`loading ${count(bench.due)} due accounts`);
  const database = await bench.server.clone("sweep");
  await database.run("due", { due: bench.due });
  await bench.server.admin("checkpoint");
  const before = await bareRate(bench, database);
  await reportSpendsBeside(bench, database, before * shareOfBare);
  const swept = await sweep(database, () => false);
  const bare = (before + (await bareRate(bench, database))) / 2;
  bench.report({
    what: `accounts swept for each bare update + insert, ${count(bench.due)} due`,
    clients: 1,
    value: swept.perSecond / bare,
    unit: "x",
    target: { atLeast: 0.25 },
    detail: `${count(swept.perSecond)} accounts a second in batches of ${batch}; bare, ${clients} clients: ${count(bare)}`,
  });
  await database.drop();
}

async function bareRate(bench: Bench, { url }: Database) {
  const side = { key: limit.name, call: limit, url };
  const rates = await turns([side], { ...bench, clients, pick: uniform(bench.accounts) });
  return median(rates.get(limit.name) ?? []);
}

/**
 * Spends on all the due accounts at a steady rate; the sweep works in every other window. Both kinds of window so meet
 * as many accounts that nobody has settled yet.
 */
async function reportSpendsBeside(bench: Bench, database: Database, rate: number) {
  const started = performance.now();
  const end = started + (bench.warmUp + 2 * Math.max(4, bench.seconds)) * 1000;
  const beside: number[] = [];
  const alone: number[] = [];
  const isOver = () => performance.now() > end;
  const isSwept = (at: number) => Math.floor((at - started) / windowMs) % 2 === 1;
  const sweeping = sweepInWindows(database, isSwept, isOver);
  const side = { key: spend.name, call: spend, url: database.url };
  const pick = uniform(bench.due, dueAccount);
  await pace(side, { clients, rate, pick }, isOver, (at, ms) => {
    if (at > started + bench.warmUp * 1000) (isSwept(at) ? beside : alone).push(ms);
  });
  const hasDue = await sweeping;
  const [with_, without] = [p95(beside), p95(alone)];
  bench.report({
    what: "95th percentile of spends beside the sweep, against without",
    clients,
    value: with_ / without,
    unit: "x",
    target: { atMost: 3 },
    detail: `${count(rate)} spends a second, ${with_.toFixed(2)} ms against ${without.toFixed(2)} ms${hasDue ? "" : "; the sweep ran out of accounts, --due gives it more"}`,
  });
}

const p95 = (times: number[]) =>
  quantile(
    times.sort((a, b) => a - b),
    0.95,
  );

/** True when something was due to the end. */
async function sweepInWindows(database: Database, isSwept: (at: number) => boolean, isOver: () => boolean) {
  let hasDue = true;
  while (!isOver() && hasDue) {
    if (isSwept(performance.now()))
      ({ hasDue } = await sweep(database, () => isOver() || !isSwept(performance.now())));
    else await sleep(5);
  }
  return hasDue;
}

/** One session, a commit after each batch, until nothing is due or `isEnough`. */
function sweep(database: Database, isEnough: () => boolean) {
  return withClient(database.url, async (client) => {
    const started = performance.now();
    let accounts = 0;
    let hasDue = true;
    while (hasDue && !isEnough()) {
      const { rows } = await client.query<{ settled: number }>(
        "select public.expire_subscription_credits($1) as settled",
        [batch],
      );
      const settled = rows[0]?.settled ?? 0;
      accounts += settled;
      hasDue = settled > 0;
    }
    return { hasDue, perSecond: (accounts * 1000) / (performance.now() - started) };
  });
}

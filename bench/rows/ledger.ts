// The same calls on accounts with a long past and on accounts with none.
import { uniform } from "../accounts.ts";
import { balance, type Call, history, spend } from "../calls.ts";
import { atLeast, faster, microseconds } from "../compare.ts";
import { count } from "../figures.ts";
import { draw } from "../load.ts";
import type { Database } from "../server.ts";
import type { Bench } from "./row.ts";

type Past = { entries: number; database: Database };
type Comparison = { call: Call; clients: number; pasts: Past[]; target: number };

export async function ledgerRow(bench: Bench) {
  const most = Math.max(60, Math.round(bench.entries / bench.accounts));
  const pasts: Past[] = [];
  // The one in the middle has full pages as well, and a point of the chart.
  for (const perAccount of [0, Math.max(50, Math.round(most / 10)), most]) {
    const entries = perAccount * bench.accounts;
    bench.say(`loading ${count(entries)} ledger entries`);
    const database = await bench.server.clone(`ledger_${entries}`);
    if (perAccount > 0) await database.run("ledger", { entries: perAccount });
    pasts.push({ entries, database });
  }
  const longest = pasts.slice(-1);

  await bench.server.admin("checkpoint");
  const after = await measure({ ...bench, warmUp: 0 }, spend, 16, pasts);
  reportLast(bench, "spend, in the seconds after a checkpoint", after, { call: spend, clients: 16, pasts });

  bench.say("warming up");
  await measure({ ...bench, warmUp: 0, seconds: bench.warmUp * 12 }, spend, 16, longest);
  const comparisons: Comparison[] = [
    { call: spend, clients: 16, pasts, target: 0.85 },
    { call: spend, clients: 1, pasts, target: 0.9 },
    { call: balance, clients: 1, pasts, target: 0.9 },
    { call: history, clients: 1, pasts: pasts.slice(1), target: 0.9 },
  ];
  for (const comparison of comparisons) {
    const { call, clients } = comparison;
    const times = await measure(bench, call, clients, comparison.pasts);
    reportLast(bench, call.name, times, comparison);
    if (clients === 1)
      for (const { entries } of comparison.pasts)
        bench.report({
          what: `${call.name} after ${count(entries)} entries`,
          clients,
          value: microseconds(times, keyOf(entries)),
          unit: "us",
          detail: "median",
        });
  }
  for (const { database } of pasts) await database.drop();
}

const keyOf = (entries: number) => `after ${count(entries)}`;

function measure(bench: Bench, call: Call, clients: number, pasts: Past[]) {
  const sides = pasts.map(({ entries, database }) => ({ key: keyOf(entries), call, url: database.url }));
  return draw(sides, { ...bench, clients, pick: uniform(bench.accounts) });
}

/** The longest past against the shortest. */
function reportLast(
  bench: Bench,
  what: string,
  times: Awaited<ReturnType<typeof measure>>,
  { clients, pasts, target }: Omit<Comparison, "target"> & { target?: number },
) {
  const [first, last] = [pasts.at(0)?.entries ?? 0, pasts.at(-1)?.entries ?? 0];
  bench.report({
    what: `${what}: ${count(last)} entries against ${count(first)}`,
    clients,
    ...faster(times, keyOf(last), keyOf(first)),
    ...atLeast(target),
  });
}

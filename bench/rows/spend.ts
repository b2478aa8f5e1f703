// A spend against what it could cost at least, and against what is often written instead.
import { hot, type Picker, uniform, zipf } from "../accounts.ts";
import { limit, separate, spend, statement } from "../calls.ts";
import { atLeast, faster, more } from "../compare.ts";
import { draw, turns } from "../load.ts";
import type { Bench } from "./row.ts";

const baselines = [
  { call: statement, words: "its statement without a function" },
  { call: limit, words: "one bare update + insert" },
  { call: separate, words: "select for update, separate round trips" },
];
/** By distribution, baseline and clients. */
const targets: Record<string, Record<string, Record<number, number>>> = {
  uniform: {
    statement: { 2: 0.85, 16: 0.7 },
    limit: { 2: 0.75, 16: 0.5 },
    separate: { 2: 1.6, 16: 1.5 },
  },
  "one hot account": { separate: { 16: 1.3 } },
};

export async function spendRow(bench: Bench) {
  const database = await bench.server.clone("spend");
  const sides = [spend, ...baselines.map(({ call }) => call)].map((call) => ({
    key: call.name,
    call,
    url: database.url,
  }));
  const load = (clients: number, pick: Picker) => ({ ...bench, clients, pick });
  const report = (how: string, clients: number, compare: (name: string) => ReturnType<typeof faster>) => {
    for (const { call, words } of baselines)
      bench.report({
        what: `spend against ${words}, ${how}`,
        clients,
        ...compare(call.name),
        ...atLeast(targets[how]?.[call.name]?.[clients]),
      });
  };
  for (const clients of [1, 2, 4, 16, 32]) {
    const times = await draw(sides, load(clients, uniform(bench.accounts)));
    report("uniform", clients, (name) => faster(times, spend.name, name));
  }
  for (const clients of [1, 4, 16, 32]) {
    const times = await draw(sides, load(clients, zipf(bench.accounts)));
    report("zipf", clients, (name) => faster(times, spend.name, name));
  }
  for (const clients of [1, 4, 16, 32]) {
    const rates = await turns(sides, load(clients, hot));
    report("one hot account", clients, (name) => more(rates, spend.name, name));
  }
  await database.drop();
}

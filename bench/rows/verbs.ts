// The other verbs against the plain spend.
import { uniform } from "../accounts.ts";
import { type Call, consume, holdAndCapture, repeated, spend } from "../calls.ts";
import { atLeast, faster } from "../compare.ts";
import { draw } from "../load.ts";
import type { Bench } from "./row.ts";

type Comparison = { call: Call; baseline: Call; words: string; target: number };

export async function holdRow(bench: Bench) {
  const baseline = repeated(2, spend);
  await compareVerbs(bench, "hold", [
    { call: holdAndCapture(), baseline, words: "hold + capture against two spends", target: 0.8 },
    { call: holdAndCapture(4), baseline, words: "hold + capture in part against two spends", target: 0.7 },
  ]);
}

export async function consumeRow(bench: Bench) {
  const words = "consume against a plain spend";
  await compareVerbs(bench, "consume", [{ call: consume, baseline: spend, words, target: 0.7 }]);
}

async function compareVerbs(bench: Bench, name: string, comparisons: Comparison[]) {
  const database = await bench.server.clone(name);
  const calls = new Set(comparisons.flatMap(({ call, baseline }) => [call, baseline]));
  const sides = [...calls].map((call) => ({ key: call.name, call, url: database.url }));
  for (const clients of [2, 16]) {
    const times = await draw(sides, { ...bench, clients, pick: uniform(bench.accounts) });
    for (const { call, baseline, words, target } of comparisons)
      bench.report({
        what: words,
        clients,
        ...faster(times, call.name, baseline.name),
        ...atLeast(target),
      });
  }
  await database.drop();
}

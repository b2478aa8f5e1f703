// deduct_many of 100 against single calls, in deductions per second.
import { hot, uniform } from "../accounts.ts";
import { deductMany, spend } from "../calls.ts";
import { atLeast, more } from "../compare.ts";
import { turns } from "../load.ts";
import type { Bench } from "./row.ts";

export async function batchRow(bench: Bench) {
  const database = await bench.server.clone("batch");
  const anyone = uniform(bench.accounts);
  const cases = [
    { how: "uniform", pick: anyone, batch: deductMany(100, anyone), target: 4 },
    { how: "one hot account", pick: hot, batch: deductMany(100), target: 10 },
  ];
  for (const { how, pick, batch, target } of cases)
    for (const clients of [1, 16]) {
      const sides = [batch, spend].map((call) => ({ key: call.name, call, url: database.url }));
      const rates = await turns(sides, { ...bench, clients, pick });
      bench.report({
        what: `deductions by deduct_many of 100 against single, ${how}`,
        clients,
        ...more(rates, batch.name, spend.name),
        ...atLeast(clients === 16 ? target : undefined),
      });
    }
  await database.drop();
}

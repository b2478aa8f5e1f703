// Behind a network every round trip counts, and most of all those made while an account's row is locked.
import { databaseUrl } from "../../local/postgres.ts";
import { hot, uniform } from "../accounts.ts";
import { separate, spend } from "../calls.ts";
import { atLeast, faster, more } from "../compare.ts";
import { draw, turns } from "../load.ts";
import { startProxy } from "../proxy.ts";
import type { Bench } from "./row.ts";

const clients = 16;

export async function networkRow(bench: Bench) {
  const database = await bench.server.clone("network");
  const proxy = await startProxy(bench.server.port, 1);
  const url = databaseUrl(proxy.port)("postgres", database.name);
  const sides = [spend, separate].map((call) => ({ key: call.name, call, url }));
  const what = "spend against separate round trips of 1 ms";
  try {
    const times = await draw(sides, { ...bench, clients, pick: uniform(bench.accounts) });
    bench.report({ what: `${what}, uniform`, clients, ...faster(times, spend.name, separate.name) });
    const rates = await turns(sides, { ...bench, clients, pick: hot });
    bench.report({
      what: `${what}, one hot account`,
      clients,
      ...more(rates, spend.name, separate.name),
      ...atLeast(5),
    });
  } finally {
    proxy.close();
  }
  await database.drop();
}

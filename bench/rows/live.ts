// The spend while open pages are told of it against the spend that tells nobody.
import { withClient } from "../../local/database.ts";
import { hot, uniform } from "../accounts.ts";
import { spend } from "../calls.ts";
import { faster, more } from "../compare.ts";
import { draw, turns } from "../load.ts";
import type { Database } from "../server.ts";
import type { Bench } from "./row.ts";

export async function liveRow(bench: Bench) {
  const off = await bench.server.clone("live_off");
  const on = await bench.server.clone("live_on");
  await on.run("realtime", {});
  await withClient(on.url, (client) => client.query("select billing.switch_live(true, 'bench')"));
  const sides = [side("told", on), side("not told", off)];
  const what = "spend that open pages are told of against one that they are not";
  for (const clients of [2, 16]) {
    const times = await draw(sides, { ...bench, clients, pick: uniform(bench.accounts) });
    bench.report({ what: `${what}, uniform`, clients, ...faster(times, "told", "not told") });
  }
  const rates = await turns(sides, { ...bench, clients: 16, pick: hot });
  bench.report({ what: `${what}, one hot account`, clients: 16, ...more(rates, "told", "not told") });
  await off.drop();
  await on.drop();
}

const side = (key: string, { url }: Database) => ({ key, call: spend, url });

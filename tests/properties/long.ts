// npm run test:long -- --steps 1000000 [--seed 1] [--lanes 4]: as many random steps as one likes. Ends with 1 when it finds something.
import { parseArgs } from "node:util";
import { startCluster } from "../support/cluster.ts";
import { keep } from "./cases.ts";
import { jobsOnAndOff, modelAndPostgres } from "./check.ts";
import { explore, reportOf } from "./explore.ts";
import { openLane } from "./lanes.ts";

const { values } = parseArgs({
  options: {
    steps: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    lanes: { type: "string", default: "4" },
  },
});
const wanted = Number(values.steps);
const lanes = Number(values.lanes);
// A new clone for each portion: undone plays leave dead rows behind.
const portion = 10_000;
const began = performance.now();
let begun = 0;
let done = 0;
let seed = Number(values.seed);
const cluster = await startCluster();
console.log(`${wanted} steps from seed ${seed}`);
try {
  await Promise.all(Array.from({ length: lanes }, (_, n) => live(n)));
} finally {
  await cluster.end();
}
console.log(process.exitCode ? "something was found" : `nothing found, ${pace()}`);

async function live(n: number) {
  while (begun < wanted && !process.exitCode) {
    const from = seed;
    const steps = Math.min(portion, wanted - begun);
    seed += portion; // no life has less than one step
    begun += steps;
    const { player, end } = await openLane(cluster.port, n);
    const failure =
      (await explore(player, modelAndPostgres, from, steps)) ??
      (await explore(player, jobsOnAndOff, from, steps / 20));
    await end();
    done += steps;
    if (failure) {
      keep(failure);
      console.log(`${reportOf(failure)}\n`);
      process.exitCode = 1;
    }
    console.log(pace());
  }
}

function pace() {
  const seconds = (performance.now() - began) / 1000;
  return `${done} steps in ${Math.round(seconds)} s, ${Math.round(done / seconds)} a second`;
}

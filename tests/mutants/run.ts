// npm run test:mutants [-- --only <pattern>]: plants each fault, one at a time, and sees which test catches it. A run over
// all of them writes docs/planted-faults.md. Ends with 1 when nothing catches a fault.
import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "../../local/environment.ts";
import { startCluster } from "../support/cluster.ts";
import type { Fault } from "./fault.ts";
import { faults } from "./faults.ts";
import { prepareBed } from "./plant.ts";
import { firstFailure } from "./suite.ts";
import { type Caught, tableOf } from "./table.ts";

const { values } = parseArgs({ options: { only: { type: "string" } } });
const pattern = new RegExp(values.only ?? "");
const chosen = faults.filter(({ name, chapter }) => pattern.test(`${chapter}: ${name}`));
const began = performance.now();
const cluster = await startCluster();
try {
  const bed = await prepareBed(cluster.port);
  await bed.limitStatements("30s"); // with a fault in it a loop may have no end
  const without = values.only !== undefined ? null : await firstFailure(cluster.port, []);
  if (without) throw new Error(`Without any fault this fails: ${without}`);
  const results: Caught[] = [];
  for (const fault of chosen) {
    const caught = await timed(async () => {
      await bed.plant(fault, "tpl");
      return await firstFailure(cluster.port, placesFor(fault));
    });
    results.push({ ...fault, ...caught });
    console.log(`${caught.seconds.toFixed(1).padStart(6)} s  ${fault.chapter}: ${fault.name}`);
    console.log(`          ${caught.by ?? "NOTHING CATCHES IT"}`);
  }
  if (values.only === undefined)
    fs.writeFileSync(path.join(root, "docs/planted-faults.md"), tableOf(results));
  const missed = results.filter(({ by }) => by === null);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`\n${results.length - missed.length} of ${results.length} faults caught, in ${seconds} s`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await cluster.end();
}

function placesFor({ chapter, look }: Fault): string[] {
  return look ? [look, chapter] : [chapter];
}

async function timed(work: () => Promise<string | null>) {
  const from = performance.now();
  const by = await work();
  return { by, seconds: (performance.now() - from) / 1000 };
}

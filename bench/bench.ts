// npm run bench -- [rows] [--seconds N]: measures the rows of the table, all of them or those named, one after the other.
import { parseArgs } from "node:util";
import { explain, refusal } from "../local/steps.mjs";
import { type Figure, isMet, line } from "./figures.ts";
import { describeMachine } from "./machine.ts";
import { type Measured, shownSettings, write } from "./results.ts";
import { batchRow } from "./rows/batch.ts";
import { ledgerRow } from "./rows/ledger.ts";
import { liveRow } from "./rows/live.ts";
import { networkRow } from "./rows/network.ts";
import { pagesRow } from "./rows/pages.ts";
import { poolerRow } from "./rows/pooler.ts";
import type { Row } from "./rows/row.ts";
import { spendRow } from "./rows/spend.ts";
import { sweepRow } from "./rows/sweep.ts";
import { consumeRow, holdRow } from "./rows/verbs.ts";
import { walRow } from "./rows/wal.ts";
import { webhookRow } from "./rows/webhook.ts";
import { startServer } from "./server.ts";

const rows: Record<string, Row> = {
  spend: spendRow,
  network: networkRow,
  batch: batchRow,
  ledger: ledgerRow,
  hold: holdRow,
  consume: consumeRow,
  live: liveRow,
  sweep: sweepRow,
  wal: walRow,
  pooler: poolerRow,
  webhook: webhookRow,
  pages: pagesRow,
};

const accounts = 10_000;
const usage = `usage: npm run bench -- [${Object.keys(rows).join("] [")}] [--seconds 20] [--entries 10000000] [--due 1000000] [--write]`;

await main(process.argv.slice(2)).catch((error) => {
  console.error(explain(error));
  process.exitCode = 1;
});

async function main(args: string[]) {
  const { names, isWritten, ...sizes } = readArguments(args);
  const server = await startServer(accounts);
  try {
    const machine = describeMachine(server.data);
    console.log(
      `  ${machine.cpu}, ${machine.memory}; a sync takes ${machine.sync}; PostgreSQL ${server.version}`,
    );
    console.log(`  ${shownSettings}\n`);
    const measured: Record<string, Measured> = {};
    for (const name of names) {
      const figures: Figure[] = [];
      const report = (figure: Figure) => {
        figures.push(figure);
        console.log(line(name, figure));
      };
      const say = (text: string) => console.log(`  ${name.padEnd(9)} ... ${text}`);
      await rows[name]?.({ server, accounts, ...sizes, report, say });
      if (figures.length === 0) continue;
      const measuredAt = new Date().toISOString().slice(0, 16).replace("T", " ");
      measured[name] = {
        measuredAt: `${measuredAt} UTC`,
        seconds: sizes.seconds,
        machine,
        postgres: server.version,
        figures,
      };
      if (isWritten) write(Object.keys(rows), { [name]: measured[name] }); // at once: a later row may fail
    }
    console.log(`\n${summary(Object.values(measured).flatMap(({ figures }) => figures))}`);
  } finally {
    await server.end();
  }
}

function summary(figures: Figure[]) {
  const aimed = figures.filter(({ target }) => target);
  const missed = aimed.filter((figure) => !isMet(figure)).length;
  return `${aimed.length - missed} of ${aimed.length} targets met${missed ? `, ${missed} missed` : ""}`;
}

/** A short run also loads less, unless told otherwise. */
function readArguments(args: string[]) {
  const number = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { seconds: number, entries: number, due: number, write: { type: "boolean" } },
  });
  const seconds = positive(values.seconds, 20);
  const isShort = seconds < 10;
  const names = positionals.length > 0 ? positionals : Object.keys(rows);
  const unknown = names.filter((name) => !rows[name]);
  if (unknown.length > 0) throw refusal(`There is no row ${unknown.join(", ")}\n${usage}`);
  return {
    names,
    isWritten: values.write ?? false,
    seconds,
    warmUp: Math.min(5, seconds),
    entries: positive(values.entries, isShort ? 1_000_000 : 10_000_000),
    due: positive(values.due, isShort ? 50_000 : 1_000_000),
  };
}

function positive(text: string | undefined, usual: number) {
  const value = text === undefined ? usual : Number(text);
  if (!(value > 0)) throw refusal(`${text} is not a number above 0\n${usage}`);
  return value;
}

// The figures of the last full measurement, row by row in figures.json; README.md and the charts show them.
import fs from "node:fs";
import path from "node:path";
import { drawLedgerChart, drawSpendChart } from "./charts.ts";
import { type Figure, isMet, shownTarget, shownValue } from "./figures.ts";
import type { Machine } from "./machine.ts";
import { settings } from "./server.ts";

export type Measured = {
  measuredAt: string;
  seconds: number;
  machine: Machine;
  postgres: string;
  figures: Figure[];
};
type Results = Record<string, Measured>;

const here = (file: string) => path.join(import.meta.dirname, file);
const begin = "<!-- Written by npm run bench -- --write, from figures.json. -->";
const end = "<!-- End of what is written. -->";

/** A row measured anew takes the place of its last figures; the other rows keep theirs, with their own dates. */
export function write(order: string[], measured: Results) {
  const file = here("figures.json");
  const before: Results = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  const all = { ...before, ...measured };
  const results: Results = Object.fromEntries(
    order.flatMap((name) => (all[name] ? [[name, all[name]]] : [])),
  );
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  writeReadme(results);
  for (const [name, { draw }] of Object.entries(charts)) {
    const row = results[name];
    if (row) fs.writeFileSync(here(`${name}.svg`), draw(row.figures));
  }
}

const charts: Record<string, { draw: (figures: Figure[]) => string; words: string }> = {
  spend: { draw: drawSpendChart, words: "Speed of a spend against the barest update and insert, by clients" },
  ledger: { draw: drawLedgerChart, words: "Time of a call by the number of entries in the ledger" },
};

function writeReadme(results: Results) {
  const readme = fs.readFileSync(here("README.md"), "utf8");
  const [head, rest] = readme.split(begin);
  const tail = rest?.split(end)[1];
  if (head === undefined || tail === undefined)
    throw new Error("bench/README.md lacks the marks between which the figures stand");
  const tables = Object.entries(results).map(([name, row]) => section(name, row));
  fs.writeFileSync(here("README.md"), `${head}${begin}\n\n${tables.join("\n\n")}\n\n${end}${tail}`);
}

/** What was measured down, how many clients across. */
function section(name: string, { measuredAt, seconds, machine, postgres, figures }: Measured) {
  const clients = [...new Set(figures.map((figure) => figure.clients))].sort((a, b) => a - b);
  const whats = [...new Set(figures.map(({ what }) => what))];
  const cell = (what: string, count: number) => {
    const figure = figures.find((one) => one.what === what && one.clients === count);
    if (!figure) return "";
    const value = isMet(figure) ? shownValue(figure) : `**${shownValue(figure)}**`;
    const missed = isMet(figure) ? "" : "missed: ";
    return figure.target ? `${value} (${missed}${shownTarget(figure)})` : value;
  };
  const row = (cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
  const chart = charts[name];
  return [
    `### ${name}`,
    "",
    ...(chart ? [`![${chart.words}](${name}.svg)`, ""] : []),
    row(["clients", ...clients]),
    row(["---", ...clients.map(() => "---")]),
    ...whats.map((what) => row([what, ...clients.map((count) => cell(what, count))])),
    "",
    `${measuredAt}, ${seconds} s a figure. ${machine.cpu}, ${machine.memory}, ${machine.system}, a sync of 8 KB takes ${machine.sync}; PostgreSQL ${postgres}, Node ${machine.node}.`,
  ].join("\n");
}

export const shownSettings = Object.entries(settings)
  .map(([name, value]) => `${name}=${value}`)
  .join(" ");

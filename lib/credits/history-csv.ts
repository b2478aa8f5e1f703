import "server-only";
import { eachHistoryPage, type HistoryEntry } from "@/lib/credits/get-history";
import type { HistoryFilter } from "@/lib/credits/history-filter";

const columns: [name: string, cell: (entry: HistoryEntry) => string][] = [
  ["number", (entry) => String(entry.number)],
  ["time", (entry) => entry.at],
  ["kind", (entry) => entry.kind],
  ["task_id", (entry) => text(entry.taskId)],
  ["operation", (entry) => text(entry.operation)],
  ["subject", (entry) => text(entry.subject)],
  ["description", (entry) => text(entry.description)],
  ["credits", (entry) => String(entry.credits)],
  ["balance_after", (entry) => String(entry.balanceAfter)],
];

/** The signed-in user's history as RFC 4180 has it, read while it is sent. Fails before it begins if it cannot be read. */
export async function historyCsv(filter: HistoryFilter): Promise<ReadableStream<Uint8Array>> {
  const pages = eachHistoryPage(filter);
  const encoder = new TextEncoder();
  let page = await pages.next();
  return new ReadableStream({
    start: (stream) => stream.enqueue(encoder.encode(line(columns.map(([name]) => name)))),
    async pull(stream) {
      if (page.done) return stream.close();
      const lines = page.value.map((entry) => line(columns.map(([, cell]) => cell(entry))));
      stream.enqueue(encoder.encode(lines.join("")));
      page = await pages.next();
    },
    async cancel() {
      await pages.return();
    },
  });
}

const line = (cells: string[]) => `${cells.join(",")}\r\n`;

/** What users have typed: quoted where needed, and an apostrophe before what a spreadsheet would run as a formula. */
function text(value: string | null): string {
  if (value === null) return "";
  const harmless = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

import "server-only";
import { z } from "zod";
import { describeEntry } from "@/lib/credits/describe-entry";
import type { HistoryFilter } from "@/lib/credits/history-filter";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const PAGE_SIZE = 50;
const EXPORT_PAGE_SIZE = 999; // and one more, which is what PostgREST answers at most

const HistoryEntry = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  kind: z.string(),
  taskId: z.string().nullable(),
  operation: z.string().nullable(),
  subject: z.string().nullable().describe("What the work was for: a chatbot, a document, a key."),
  description: z.string(),
  credits: z.int(),
  balanceAfter: z.int(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const History = z.object({
  entries: z.array(HistoryEntry),
  olderThan: z.int().nullable().describe("The `before` of the next page; null on the last."),
});
export type History = z.infer<typeof History>;

/** What moved the signed-in user's credits? Newest first, a page at a time. */
export async function getHistory(
  before: number | null,
  pageSize = PAGE_SIZE,
  filter: HistoryFilter = {},
): Promise<History> {
  return readPage(await userClient(), before, pageSize, filter);
}

/** The whole of it, page after page, as fast as somebody reads. */
export async function* eachHistoryPage(filter: HistoryFilter): AsyncGenerator<HistoryEntry[], void> {
  const client = await userClient();
  for (let before: number | null = null; ; ) {
    const { entries, olderThan } = await readPage(client, before, EXPORT_PAGE_SIZE, filter);
    yield entries;
    if (olderThan === null) return;
    before = olderThan;
  }
}

async function readPage(
  client: Awaited<ReturnType<typeof userClient>>,
  before: number | null,
  pageSize: number,
  filter: HistoryFilter,
): Promise<History> {
  // One more than is shown says whether there is an older page.
  const found = await rows(
    client.rpc("get_credit_history", {
      ...filter,
      page_size: pageSize + 1,
      ...(before === null ? {} : { before_number: before }),
    }),
  );
  const entries = found.slice(0, pageSize).map((row) => ({
    number: row.number,
    at: isoTime(row.created_at),
    kind: row.kind,
    taskId: maybe(row.task_id),
    operation: maybe(row.operation),
    subject: maybe(row.subject),
    description: describeEntry(row.kind, row.description ?? ""),
    credits: row.credits,
    balanceAfter: row.balance_after,
  }));
  return { entries, olderThan: found.length > pageSize ? (entries.at(-1)?.number ?? null) : null };
}

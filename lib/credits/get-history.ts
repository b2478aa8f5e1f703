import "server-only";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { describeEntry } from "@/lib/credits/describe-entry";
import type { HistoryFilter } from "@/lib/credits/history-filter";
import type { Database } from "@/lib/database.types";
import type { Words } from "@/lib/i18n/words";
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

/** A page begins below an entry, or ends above one; neither: the newest. */
export type HistoryPlace = { before: number | null; after: number | null };
export type HistoryPage = History & {
  /** The `after` of the page before; null on the first. */
  newerThan: number | null;
  /** The page may not be full: the search has stopped here, and can be gone on with. */
  isCutShort: boolean;
};

/** What moved the signed-in user's credits? Newest first, a page at a time. */
export async function getHistory(
  before: number | null,
  pageSize = PAGE_SIZE,
  filter: HistoryFilter = {},
): Promise<History> {
  const place: HistoryPlace = { before, after: null };
  const { entries, olderThan } = await readPage(await userClient(), place, pageSize, filter, null);
  return { entries, olderThan };
}

/** For who waits for it: words are looked for in so many entries at a time, and that takes 5 ms at most. */
export async function getHistoryPage(place: HistoryPlace, filter: HistoryFilter): Promise<HistoryPage> {
  const most = filter.search ? 500 : 3000;
  const page = await readPage(await userClient(), place, PAGE_SIZE, filter, most);
  // Above it are fewer than a page: then the newest are shown, as from the beginning.
  const isNewest = place.after !== null && page.entries.length < PAGE_SIZE && !page.isCutShort;
  return isNewest ? getHistoryPage({ before: null, after: null }, filter) : page;
}

/** The whole of it, page after page, as fast as somebody reads. */
export async function* eachHistoryPage(filter: HistoryFilter): AsyncGenerator<HistoryEntry[], void> {
  const client = await userClient();
  for (let before: number | null = null; ; ) {
    const place: HistoryPlace = { before, after: null };
    const page: History = await readPage(client, place, EXPORT_PAGE_SIZE, filter, null);
    yield page.entries;
    if (page.olderThan === null) return;
    before = page.olderThan;
  }
}

async function readPage(
  client: Awaited<ReturnType<typeof userClient>>,
  { before, after }: HistoryPlace,
  pageSize: number,
  filter: HistoryFilter,
  most: number | null,
): Promise<HistoryPage> {
  // One more than is shown says whether there is another page.
  const found = await rows(
    client.rpc("get_credit_history", {
      ...filter,
      page_size: pageSize + 1,
      ...(before !== null && { before_number: before }),
      ...(after !== null && { after_number: after }),
      ...(most !== null && { search_most: most }),
    }),
  );
  const stop = found.find((row) => maybe(row.kind) === null);
  const lines = found.filter((row) => row !== stop);
  const hasMore = lines.length > pageSize || stop !== undefined;
  const words = await getTranslations("history");
  const shown = after === null ? lines.slice(0, pageSize) : lines.slice(-pageSize);
  const entries = shown.map((row) => toEntry(row, words));
  const first = entries.at(0)?.number ?? null;
  const last = entries.at(-1)?.number ?? null;
  const goOn = (edge: number | null) => (hasMore ? (stop?.number ?? edge) : null);
  const ends =
    after === null
      ? { newerThan: before === null ? null : (first ?? before - 1), olderThan: goOn(last) }
      : { newerThan: goOn(first), olderThan: last ?? after + 1 };
  return { entries, ...ends, isCutShort: stop !== undefined };
}

type Row = Database["public"]["Functions"]["get_credit_history"]["Returns"][number];

function toEntry(row: Row, words: Words<"history">): HistoryEntry {
  return {
    number: row.number,
    at: isoTime(row.created_at),
    kind: row.kind,
    taskId: maybe(row.task_id),
    operation: maybe(row.operation),
    subject: maybe(row.subject),
    description: describeEntry(words, row.kind, row.description ?? ""),
    credits: row.credits,
    balanceAfter: row.balance_after,
  };
}

import "server-only";
import { describeEntry } from "@/lib/credits/describe-entry";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const PAGE_SIZE = 50;

export type HistoryEntry = {
  number: number;
  at: string;
  kind: string;
  taskId: string | null;
  description: string;
  credits: number;
  balanceAfter: number;
};

export type History = { entries: HistoryEntry[]; olderThan: number | null };

/** What moved the signed-in user's credits? Newest first, a page at a time. */
export async function getHistory(before: number | null, pageSize = PAGE_SIZE): Promise<History> {
  const supabase = await userClient();
  // One more than is shown says whether there is an older page.
  const found = await rows(
    supabase.rpc("get_credit_history", {
      page_size: pageSize + 1,
      ...(before === null ? {} : { before_number: before }),
    }),
  );
  const entries = found.slice(0, pageSize).map((row) => ({
    number: row.number,
    at: isoTime(row.created_at),
    kind: row.kind,
    taskId: maybe(row.task_id),
    description: describeEntry(row.kind, row.description ?? ""),
    credits: row.credits,
    balanceAfter: row.balance_after,
  }));
  return { entries, olderThan: found.length > pageSize ? (entries.at(-1)?.number ?? null) : null };
}

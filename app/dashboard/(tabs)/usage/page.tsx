import type { Metadata, Route } from "next";
import { HistoryTable } from "@/components/credits/history-table";
import { HistoryTools } from "@/components/credits/history-tools";
import { Panel } from "@/components/panel";
import { Pager } from "@/components/ui/pager";
import { requireUser } from "@/lib/auth/get-user";
import { getHistory, PAGE_SIZE } from "@/lib/credits/get-history";
import { readHistoryFilter } from "@/lib/credits/history-filter";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: PageProps<"/dashboard/usage">) {
  await requireUser("/dashboard/usage");
  const query = toQuery(await searchParams);
  const before = entryNumber(query.get("before"));
  query.delete("before");
  const history = await outcome(readHistory(before, query));
  const newest: Route = query.size > 0 ? `/dashboard/usage?${query}` : "/dashboard/usage";
  return (
    <Panel
      title="Transaction history"
      hint="Newest first. Times in UTC."
      result={history}
      action={() => (
        <HistoryTools search={query.get("search") ?? ""} csv={`/api/credits/history/csv?${query}`} />
      )}
    >
      {({ entries, olderThan }) => (
        <>
          <HistoryTable entries={entries} isFiltered={query.size > 0} />
          <Pager
            newest={before === null ? null : newest}
            older={olderThan === null ? null : `/dashboard/usage?${withBefore(query, olderThan)}`}
          />
        </>
      )}
    </Panel>
  );
}

async function readHistory(before: number | null, query: URLSearchParams) {
  return getHistory(before, PAGE_SIZE, readHistoryFilter(query));
}

/** Anything but the number of an entry means the first page. */
function entryNumber(text: string | null): number | null {
  return text && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function toQuery(params: Record<string, string | string[] | undefined>) {
  const pairs = Object.entries(params).flatMap(([name, given]) =>
    [given ?? []].flat().map((text) => [name, text]),
  );
  return new URLSearchParams(pairs);
}

function withBefore(query: URLSearchParams, before: number) {
  const older = new URLSearchParams(query);
  older.set("before", String(before));
  return older;
}

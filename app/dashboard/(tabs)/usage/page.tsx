import type { Metadata, Route } from "next";
import { getTranslations } from "next-intl/server";
import { HistoryTable } from "@/components/credits/history-table";
import { HistoryTools } from "@/components/credits/history-tools";
import { Panel } from "@/components/panel";
import { Pager } from "@/components/ui/pager";
import { RangePicker } from "@/components/usage/range-picker";
import { UsagePanels } from "@/components/usage/usage-panels";
import { requireUser } from "@/lib/auth/get-user";
import { getEstimates } from "@/lib/credits/get-estimates";
import { getForecast } from "@/lib/credits/get-forecast";
import { getHistory, PAGE_SIZE } from "@/lib/credits/get-history";
import { getLimits } from "@/lib/credits/get-limits";
import { getUsageComparison } from "@/lib/credits/get-usage-comparison";
import { getUsageHours } from "@/lib/credits/get-usage-hours";
import { readHistoryFilter } from "@/lib/credits/history-filter";
import { readUsageRange } from "@/lib/credits/usage-range";
import { outcome } from "@/lib/outcome";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("title") };
}

export default async function UsagePage({ searchParams }: PageProps<"/dashboard/usage">) {
  await requireUser("/dashboard/usage");
  const query = toQuery(await searchParams);
  const before = entryNumber(query.get("before"));
  query.delete("before");
  const chosen = readUsageRange(query);
  const [history, usage, hours, estimates, forecast, limits] = await Promise.all([
    outcome(readHistory(before, query)),
    outcome(getUsageComparison(chosen)),
    outcome(getUsageHours(chosen)),
    outcome(getEstimates()),
    outcome(getForecast()),
    outcome(getLimits()),
  ]);
  const newest: Route = query.size > 0 ? `/dashboard/usage?${query}` : "/dashboard/usage";
  return (
    <div className="space-y-4">
      <RangePicker chosen={chosen} />
      <UsagePanels range={new URLSearchParams(chosen)} {...{ usage, hours, estimates, forecast, limits }} />
      <div id="history">
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
      </div>
    </div>
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

import "server-only";
import { CalendarDay, dayAfter } from "@/lib/credits/calendar-day";
import type { HistoryPlace } from "@/lib/credits/get-history";
import { type HistoryFilter, HistoryQuery, historyFilter } from "@/lib/credits/history-filter";
import { isKindGroup, type KindGroup, kindGroups } from "@/lib/credits/history-kinds";

/** What a page's address asks of the history; both days belong to the range. */
export type HistoryChoice = {
  kinds: KindGroup[];
  operations: string[];
  from: string | null;
  to: string | null;
  search: string | null;
};

const { operation: Operations, search: Search } = HistoryQuery.shape;

/** Whatever the address says that is no filter is not there: a page is shown, and its chips say of what. */
export function readHistoryPage(query: URLSearchParams) {
  const choice: HistoryChoice = {
    kinds: [...new Set(query.getAll("kind"))].filter(isKindGroup),
    operations: Operations.catch([]).parse([...new Set(query.getAll("operation"))].filter(Boolean)) ?? [],
    from: Day.parse(query.get("from")),
    to: Day.parse(query.get("to")),
    search: Search.catch(undefined).parse(query.get("search")?.trim() || undefined) ?? null,
  };
  const place: HistoryPlace = {
    before: entryNumber(query.get("before")),
    after: entryNumber(query.get("after")),
  };
  return { choice, place, filter: filterOf(choice), csv: csvQuery(choice) };
}

const Day = CalendarDay.nullable().catch(null);

/** Anything but the number of an entry means the first page. */
export function entryNumber(text: unknown): number | null {
  return typeof text === "string" && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function filterOf(choice: HistoryChoice): HistoryFilter {
  return historyFilter({
    kind: choice.kinds.length > 0 ? choice.kinds.flatMap((group) => [...kindGroups[group]]) : undefined,
    operation: choice.operations.length > 0 ? choice.operations : undefined,
    since: choice.from ?? undefined,
    until: choice.to ? dayAfter(choice.to) : undefined,
    search: choice.search ?? undefined,
  });
}

/** The same, as the API's addresses name it. */
function csvQuery(choice: HistoryChoice): string {
  const { kinds = [], operations = [], since, until, search } = filterOf(choice);
  const pairs = [
    ...kinds.map((kind) => ["kind", kind]),
    ...operations.map((operation) => ["operation", operation]),
    ...Object.entries({ since, until, search }).filter(([, value]) => value !== undefined),
  ];
  return new URLSearchParams(pairs.map(([name = "", value = ""]) => [name, value])).toString();
}

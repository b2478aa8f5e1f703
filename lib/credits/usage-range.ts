import "server-only";
import { z } from "zod";
import { CalendarDay, dayAfter } from "@/lib/credits/calendar-day";

const RangeQuery = z.discriminatedUnion("range", [
  z.object({ range: z.enum(["7", "30", "90", "period", "before"]) }),
  z.object({ range: z.literal("dates"), first: CalendarDay, last: CalendarDay }),
]);
/** Which days usage is drawn for; `from` and `to` of an address are the history's. */
export type UsageRange = z.infer<typeof RangeQuery>;

/** Of an address; whatever it says otherwise means the last 30 days. */
export function readUsageRange(query: URLSearchParams): UsageRange {
  const range = RangeQuery.safeParse(Object.fromEntries(query));
  return range.success ? range.data : { range: "30" };
}

/** As the database takes it. */
export function rangeArguments(chosen: UsageRange) {
  switch (chosen.range) {
    case "period":
      return { period: 0 };
    case "before":
      return { period: 1 };
    case "dates":
      return { since: `${chosen.first}T00:00:00Z`, until: `${dayAfter(chosen.last)}T00:00:00Z` };
    default:
      return { days: Number(chosen.range) };
  }
}

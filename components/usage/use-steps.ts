import type { Route } from "next";
import { useFormats } from "@/components/use-formats";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";

const DAY_MS = 86_400_000;

export type NamedStep = { title: string; label: string; href: Route };

/** The steps of a range as they are named, and where their transactions are. */
export function useSteps(steps: UsageComparison["steps"], range: URLSearchParams): NamedStep[] {
  const { date, shortDate, dateRange } = useFormats();
  return steps.map(({ startsAt, endsAt }) => {
    const isDay = Date.parse(endsAt) - Date.parse(startsAt) <= DAY_MS;
    return {
      title: isDay ? date(startsAt) : dateRange(startsAt, endsAt),
      label: shortDate(startsAt),
      href: transactionsHref(range, startsAt, endsAt),
    };
  });
}

/** The history of these days, below the same range. */
export function transactionsHref(range: URLSearchParams, startsAt: string, endsAt: string): Route {
  const days = {
    from: startsAt.slice(0, 10),
    to: new Date(Date.parse(endsAt) - 1).toISOString().slice(0, 10),
  };
  return `/dashboard/usage?${new URLSearchParams([...range, ...Object.entries(days)])}#history`;
}

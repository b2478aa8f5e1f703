import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RangePicker } from "@/components/usage/range-picker";
import { UsagePanels } from "@/components/usage/usage-panels";
import { requireUser } from "@/lib/auth/get-user";
import { getEstimates } from "@/lib/credits/get-estimates";
import { getForecast } from "@/lib/credits/get-forecast";
import { getLimits } from "@/lib/credits/get-limits";
import { getUsageComparison } from "@/lib/credits/get-usage-comparison";
import { getUsageHours } from "@/lib/credits/get-usage-hours";
import { readUsageRange } from "@/lib/credits/usage-range";
import { outcome } from "@/lib/outcome";
import { HistoryPanel } from "./history";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("usage"))("title") };
}

export default async function UsagePage({ searchParams }: PageProps<"/dashboard/usage">) {
  await requireUser("/dashboard/usage");
  const query = toQuery(await searchParams);
  return (
    <div className="space-y-4">
      <Charts query={query} />
      <div id="history" className="scroll-mt-20">
        <HistoryPanel query={query} />
      </div>
    </div>
  );
}

/** Read beside the history, not before it. */
async function Charts({ query }: { query: URLSearchParams }) {
  const chosen = readUsageRange(query);
  const [usage, hours, estimates, forecast, limits] = await Promise.all([
    outcome(getUsageComparison(chosen)),
    outcome(getUsageHours(chosen)),
    outcome(getEstimates()),
    outcome(getForecast()),
    outcome(getLimits()),
  ]);
  return (
    <>
      <RangePicker chosen={chosen} picks={query.get("range") === "dates"} />
      <UsagePanels range={new URLSearchParams(chosen)} {...{ usage, hours, estimates, forecast, limits }} />
    </>
  );
}

function toQuery(params: Record<string, string | string[] | undefined>) {
  const pairs = Object.entries(params).flatMap(([name, given]) =>
    [given ?? []].flat().map((text) => [name, text]),
  );
  return new URLSearchParams(pairs);
}

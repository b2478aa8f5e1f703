import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Panel } from "@/components/panel";
import { CostPerUse } from "@/components/usage/cost-per-use";
import { Estimates } from "@/components/usage/estimates";
import { Forecast } from "@/components/usage/forecast";
import { Heat } from "@/components/usage/heat";
import { Limits } from "@/components/usage/limits";
import { UsageChart } from "@/components/usage/usage-chart";
import { transactionsHref } from "@/components/usage/use-steps";
import type { Estimate } from "@/lib/credits/get-estimates";
import type { getForecast } from "@/lib/credits/get-forecast";
import type { Limit } from "@/lib/credits/get-limits";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";
import type { HourOfWeek } from "@/lib/credits/get-usage-hours";
import type { Outcome } from "@/lib/outcome";

/** What credits were used for, when, at what cost, and how far the rest goes: each panel was read alone. */
export function UsagePanels({
  range,
  usage,
  hours,
  estimates,
  forecast,
  limits,
}: {
  /** What of the address says which days these are. */
  range: URLSearchParams;
  usage: Outcome<UsageComparison | null>;
  hours: Outcome<HourOfWeek[]>;
  estimates: Outcome<Estimate[]>;
  forecast: Outcome<Awaited<ReturnType<typeof getForecast>>>;
  limits: Outcome<Limit[]>;
}) {
  const t = useTranslations("usage");
  const isUsed = !usage.ok || (usage.data?.total.now.uses ?? 0) > 0;
  const isKnown = !estimates.ok || estimates.data.length > 0;
  return (
    <div className="space-y-4 print:hidden">
      <Panel
        title={t("creditsUsed")}
        hint={t("creditsUsedHint")}
        result={usage}
        action={(data) => isUsed && <TransactionsLink usage={data} range={range} />}
      >
        {(data) => <UsageChart usage={data} range={range} />}
      </Panel>
      {(isUsed || isKnown) && (
        <Columns
          left={
            <>
              {isUsed && (
                <Panel title={t("hoursTitle")} hint={t("hoursHint")} result={hours}>
                  {(data) => <Heat hours={data} />}
                </Panel>
              )}
              {isKnown && (
                <Panel title={t("estimates")} hint={t("estimatesHint")} result={estimates}>
                  {(data) => <Estimates estimates={data} />}
                </Panel>
              )}
            </>
          }
          right={
            <>
              {isUsed && (
                <Panel title={t("costPerUse")} hint={t("costPerUseHint")} result={usage}>
                  {(data) => <CostPerUse operations={data?.operations ?? []} />}
                </Panel>
              )}
              {isKnown && (
                <Panel
                  title={t("forecast")}
                  hint={t("forecastHint")}
                  result={forecast}
                  className="flex flex-col"
                >
                  {(data) => <Forecast paces={data} />}
                </Panel>
              )}
            </>
          }
        />
      )}
      {(!limits.ok || limits.data.length > 0) && (
        <Panel title={t("limits")} hint={t("limitsHint")} result={limits}>
          {(data) => <Limits limits={data} />}
        </Panel>
      )}
    </div>
  );
}

/** Each as high as what it holds; the last of both end together. */
function Columns({ left, right }: Record<"left" | "right", React.ReactNode>) {
  const column = "flex min-w-0 flex-col gap-4 empty:hidden lg:[&>:last-child]:flex-1";
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      <div className={column}>{left}</div>
      <div className={column}>{right}</div>
    </div>
  );
}

function TransactionsLink({ usage, range }: { usage: UsageComparison | null; range: URLSearchParams }) {
  const t = useTranslations("usage");
  const [first, last] = [usage?.steps[0], usage?.steps.at(-1)];
  if (!first || !last) return null;
  return (
    <Link
      href={transactionsHref(range, first.startsAt, last.endsAt)}
      className="text-caption text-muted-foreground hover:text-foreground"
    >
      {t("showTheseTransactions")}
    </Link>
  );
}

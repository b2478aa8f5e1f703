import { ChartColumn } from "lucide-react";
import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { seriesOf } from "@/components/usage/chart-series";
import { StackedColumns } from "@/components/usage/stacked-columns";
import { UsageTable } from "@/components/usage/usage-table";
import { UsageTotal } from "@/components/usage/usage-total";
import { useSteps } from "@/components/usage/use-steps";
import { useFormats } from "@/components/use-formats";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";

/** What credits were used for, step by step of the range, over what was used in the time before. */
export function UsageChart({ usage, range }: { usage: UsageComparison | null; range: URLSearchParams }) {
  const t = useTranslations("usage");
  const { dateRange } = useFormats();
  const steps = useSteps(usage?.steps ?? [], range);
  const [first, last] = [usage?.steps[0], usage?.steps.at(-1)];
  if (!usage || !first || !last) return <NothingDrawn title={t("noPeriod")}>{t("noPeriodYet")}</NothingDrawn>;
  const dates = dateRange(first.startsAt, last.endsAt);
  if (usage.total.now.uses === 0 && usage.total.before.uses === 0)
    return (
      <NothingDrawn title={t("nothingUsed")} href="/dashboard/playground">
        {t("nothingUsedThen", { dates })}
      </NothingDrawn>
    );
  const series = seriesOf(usage).map((one) => ({
    ...one,
    label: one.is === "operation" ? (one.name ?? one.key ?? "") : t(one.is),
  }));
  return (
    <div className="space-y-5">
      <UsageTotal usage={usage} dates={dates} />
      <StackedColumns usage={usage} series={series} steps={steps} />
      <Legend series={series} hasBefore={usage.total.before.used > 0} />
      <UsageTable usage={usage} series={series} steps={steps} />
    </div>
  );
}

export type NamedSeries = ReturnType<typeof seriesOf>[number] & { label: string };

function Legend({ series, hasBefore }: { series: NamedSeries[]; hasBefore: boolean }) {
  const t = useTranslations("usage");
  const { number } = useFormats();
  return (
    <ul
      aria-label={t("legend")}
      className="flex flex-wrap gap-x-5 gap-y-1.5 text-caption text-muted-foreground"
    >
      {series.map(({ label, colour, used }) => (
        <li key={label} className="flex items-center gap-1.5">
          <span aria-hidden className="size-2.5 rounded-xs" style={{ background: colour }} />
          {label}
          <span className="font-medium text-foreground tabular-nums">{number(used)}</span>
        </li>
      ))}
      {hasBefore && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="w-4 border-t-2 border-dotted border-foreground/60" />
          {t("timeBefore")}
        </li>
      )}
    </ul>
  );
}

function NothingDrawn({ title, href, children }: { title: string; href?: Route; children: React.ReactNode }) {
  const t = useTranslations("usage");
  return (
    <EmptyState
      icon={<ChartColumn aria-hidden />}
      title={title}
      action={
        href && (
          <Button asChild variant="outline" size="sm">
            <Link href={href}>{t("tryPlayground")}</Link>
          </Button>
        )
      }
    >
      {children}
    </EmptyState>
  );
}

import { TrendingDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { getForecast } from "@/lib/credits/get-forecast";

type Pace = Awaited<ReturnType<typeof getForecast>>[number];

/** Until when what there is lasts: at the pace of the last days, and at that of the last weeks. */
export function Forecast({ paces }: { paces: Pace[] }) {
  const t = useTranslations("usage");
  const { average } = useFormats();
  if (!paces.some(({ isKnown }) => isKnown))
    return (
      <EmptyState icon={<TrendingDown aria-hidden />} title={t("noForecast")}>
        {t("noForecastYet")}
      </EmptyState>
    );
  return (
    <ul className="-my-2 divide-y">
      {paces.map((pace) => (
        <li key={pace.days} className="flex items-baseline justify-between gap-4 py-2.5 text-sm">
          <span>
            {t("paceOf", { days: pace.days })}
            <span className="block text-xs text-muted-foreground">
              {t("aDay", { credits: average(pace.perDay) })}
            </span>
          </span>
          <span className="text-right">
            <End pace={pace} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function End({ pace: { used, daysLeft, runsOutAt, lost } }: { pace: Pace }) {
  const t = useTranslations("usage");
  const { date } = useFormats();
  if (used <= 0) return <span className="text-muted-foreground">{t("nothingUsed")}</span>;
  return (
    <>
      <span className="text-base font-semibold">
        {runsOutAt === null ? t("neverEnds") : t("until", { date: date(runsOutAt) })}
      </span>
      <span className="block text-xs text-muted-foreground">
        {daysLeft !== null && t("daysLeft", { count: daysLeft })}
        {lost > 0 && <span className="block">{t("willExpire", { count: lost })}</span>}
      </span>
    </>
  );
}

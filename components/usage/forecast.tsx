import { TrendingDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { getForecast } from "@/lib/credits/get-forecast";
import { cn } from "@/lib/utils";

const DAYS = 30;

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
    <ul className="-my-3 flex flex-1 flex-col divide-y">
      {paces.map((pace) => (
        <li key={pace.days} className="flex flex-1 flex-col justify-center gap-3 py-3 text-sm">
          <p className="flex items-baseline justify-between gap-4">
            {t("paceOf", { days: pace.days })}
            <End pace={pace} />
          </p>
          {pace.used > 0 && <Days left={pace.daysLeft ?? DAYS} />}
          <p className="flex justify-between gap-4 text-xs text-muted-foreground">
            {t("aDay", { credits: average(pace.perDay) })}
            <Left pace={pace} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function End({ pace: { used, runsOutAt } }: { pace: Pace }) {
  const t = useTranslations("usage");
  const { date } = useFormats();
  if (used <= 0) return <span className="text-muted-foreground">{t("nothingUsed")}</span>;
  return (
    <span className="text-right text-base font-semibold">
      {runsOutAt === null ? t("neverEnds") : t("until", { date: date(runsOutAt) })}
    </span>
  );
}

function Left({ pace: { used, daysLeft, lost } }: { pace: Pace }) {
  const t = useTranslations("usage");
  if (used <= 0) return null;
  return (
    <span className="text-right">
      {daysLeft !== null && t("daysLeft", { count: daysLeft })}
      {lost > 0 && <span className="block">{t("willExpire", { count: lost })}</span>}
    </span>
  );
}

/** Each of the next days, as far as the credits last; in words it stands beside. */
function Days({ left }: { left: number }) {
  const days = Array.from({ length: DAYS }, (_, nth) => nth);
  return (
    <div className="flex h-5 gap-[3px]" aria-hidden>
      {days.map((day) => (
        <span
          key={day}
          className={cn("flex-1 rounded-[2px]", day < left ? "bg-foreground/70" : "bg-muted")}
        />
      ))}
    </div>
  );
}

import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Panel } from "@/components/panel";
import { ProgressBar } from "@/components/ui/progress-bar";
import { Sparkline } from "@/components/ui/sparkline";
import { useFormats } from "@/components/use-formats";
import type { PeriodUsage } from "@/lib/credits/get-period-usage";
import type { Outcome } from "@/lib/outcome";

const DAY_MS = 86_400_000;

/** What was used in the period under way, of what it brought, and on which days. */
export function PeriodPanel({ usage }: { usage: Outcome<PeriodUsage | null> }) {
  const t = useTranslations("overview.period");
  return (
    <Panel title={t("title")} result={usage} className="flex flex-col">
      {(data) => data && <Period usage={data} />}
    </Panel>
  );
}

function Period({ usage }: { usage: PeriodUsage }) {
  const t = useTranslations("overview.period");
  const { number, percent, shortDate } = useFormats();
  const { used, granted, startsAt, endsAt } = usage;
  return (
    <div className="flex flex-1 flex-col">
      <p className="text-3xl font-semibold tracking-tight tabular-nums">{number(used)}</p>
      <p className="mt-1 mb-2 text-caption text-muted-foreground">
        {granted > 0
          ? t("share", { percent: percent(used / granted), number: number(granted), count: granted })
          : t("noGrant")}
      </p>
      {granted > 0 && <ProgressBar share={used / granted} className="bg-foreground" />}
      <div className="mt-auto pt-5">
        {usage.uses > 0 ? <Days usage={usage} /> : <Nothing />}
        <p className="mt-2 flex justify-between text-xs text-muted-foreground">
          <span>{shortDate(startsAt)}</span>
          <span>{t("ends", { date: shortDate(endsAt) })}</span>
        </p>
      </div>
    </div>
  );
}

function Days({ usage: { days, startsAt, endsAt } }: { usage: PeriodUsage }) {
  const t = useTranslations("overview.period");
  const { number, shortDate } = useFormats();
  const all = Math.ceil((Date.parse(endsAt) - Date.parse(startsAt)) / DAY_MS);
  return (
    <Sparkline
      label={t("byDay")}
      className="bg-foreground/70"
      later={Math.max(all - days.length, 0)}
      days={days.map(({ at, used }) => ({
        key: at,
        value: used,
        label: t("day", { date: shortDate(at), number: number(used), count: used }),
      }))}
    />
  );
}

function Nothing() {
  const t = useTranslations("overview.period");
  return (
    <p className="text-caption text-muted-foreground">
      {t.rich("nothing", {
        link: (text) => (
          <Link
            href="/dashboard/playground"
            className="font-medium text-foreground underline underline-offset-4"
          >
            {text}
          </Link>
        ),
      })}
    </p>
  );
}

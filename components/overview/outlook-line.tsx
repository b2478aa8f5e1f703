import { TrendingDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { Credits } from "@/lib/overview/get-credits";

/** The forecast in words: how long it lasts, at which pace, and what comes or goes until then. */
export function OutlookLine({
  outlook: { is, days, perDay, until, lost },
  refill,
}: {
  outlook: NonNullable<Credits["outlook"]>;
  refill: Credits["refill"];
}) {
  const t = useTranslations("overview.outlook");
  const { number, date } = useFormats();
  const hasPace = is === "until" || is === "never";
  const isBridged = until !== null && refill !== null && refill.at <= until;
  return (
    <div className="flex gap-2.5 text-sm" data-testid="outlook">
      <TrendingDown className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
      <div>
        <p className="font-medium">
          {until ? t("until", { date: date(until) }) : t(is === "until" ? "never" : is)}
        </p>
        <p className="mt-0.5 text-caption text-muted-foreground">
          {is === "idle" && t("noPace", { days })}
          {is === "unknown" && t("wait")}
          {hasPace && t(perDay < 1 ? "slowPace" : "pace", { perDay: number(perDay), days })}
          {isBridged &&
            ` ${t("bridged", { number: number(refill.credits), count: refill.credits, date: date(refill.at) })}`}
          {lost > 0 && ` ${t("lost", { number: number(lost), count: lost })}`}
        </p>
      </div>
    </div>
  );
}

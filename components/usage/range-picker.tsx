import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { UsageRange } from "@/lib/credits/usage-range";
import { cn } from "@/lib/utils";

const choices = ["7", "30", "90", "period", "before"] as const;
const field = "h-9 min-w-0 rounded-lg border bg-card px-2.5 text-[13px] shadow-xs";

/** Which days the panels below are of: links, and a form for any dates. */
export function RangePicker({ chosen }: { chosen: UsageRange }) {
  const t = useTranslations("usage");
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <nav aria-label={t("range")} className="flex flex-wrap gap-1 rounded-xl border bg-muted p-1">
        {choices.map((choice) => (
          <Link
            key={choice}
            href={`/dashboard/usage?range=${choice}` as Route}
            scroll={false}
            aria-current={chosen.range === choice ? "true" : undefined}
            className={cn(
              "rounded-lg px-2.5 py-1.5 text-[13px] font-medium text-muted-foreground hover:text-foreground sm:px-3",
              chosen.range === choice && "bg-raised text-foreground shadow-xs ring-1 ring-border",
            )}
          >
            {t(`ranges.${choice}`)}
          </Link>
        ))}
      </nav>
      <details className="group" open={chosen.range === "dates"}>
        <summary className="cursor-pointer list-none rounded-lg px-2 py-1.5 text-[13px] font-medium text-muted-foreground group-open:sr-only hover:text-foreground">
          {t("otherDates")}
        </summary>
        <form action="/dashboard/usage" className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="range" value="dates" />
          <input
            type="date"
            name="from"
            required
            aria-label={t("from")}
            defaultValue={chosen.range === "dates" ? chosen.from : undefined}
            className={field}
          />
          <span aria-hidden>–</span>
          <input
            type="date"
            name="to"
            required
            aria-label={t("to")}
            defaultValue={chosen.range === "dates" ? chosen.to : undefined}
            className={field}
          />
          <Button variant="outline" size="sm">
            {t("show")}
          </Button>
        </form>
      </details>
    </div>
  );
}

import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { segment } from "@/components/ui/segment";
import type { UsageRange } from "@/lib/credits/usage-range";
import { cn } from "@/lib/utils";

const choices = ["7", "30", "90", "period", "before", "dates"] as const;
const field = "h-9 min-w-0 flex-1 rounded-lg border bg-card px-2.5 text-caption shadow-xs sm:flex-none";

/** Which days the panels below are of: links, and a form for any dates once they are asked for. */
export function RangePicker({ chosen, picks }: { chosen: UsageRange; picks: boolean }) {
  const t = useTranslations("usage");
  const current = picks ? "dates" : chosen.range;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 print:hidden">
      <nav
        aria-label={t("range")}
        className="grid w-full grid-cols-3 gap-1 rounded-xl border bg-muted p-1 text-center sm:flex sm:w-auto"
      >
        {choices.map((choice) => (
          <Link
            key={choice}
            href={`/dashboard/usage?range=${choice}` as Route}
            scroll={false}
            aria-current={current === choice ? "true" : undefined}
            className={cn(
              "rounded-lg px-2 py-1.5 text-caption font-medium sm:px-3",
              current === choice ? segment.chosen : segment.other,
            )}
          >
            {t(`ranges.${choice}`)}
          </Link>
        ))}
      </nav>
      {picks && (
        <form action="/dashboard/usage" className="flex w-full items-center gap-2 sm:w-auto">
          <input type="hidden" name="range" value="dates" />
          <DateField name="first" label={t("first")} value={chosen.range === "dates" ? chosen.first : ""} />
          <span aria-hidden>–</span>
          <DateField name="last" label={t("last")} value={chosen.range === "dates" ? chosen.last : ""} />
          <Button variant="outline" size="sm">
            {t("show")}
          </Button>
        </form>
      )}
    </div>
  );
}

function DateField({ name, label, value }: { name: string; label: string; value: string }) {
  return <input type="date" name={name} required aria-label={label} defaultValue={value} className={field} />;
}

import { useTranslations } from "next-intl";
import { changeOf } from "@/components/usage/chart-series";
import { useFormats } from "@/components/use-formats";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";

/** The sum, and by how much it differs from that of the time before. */
export function UsageTotal({ usage, dates }: { usage: UsageComparison; dates: string }) {
  const t = useTranslations("usage");
  const { number } = useFormats();
  const { now } = usage.total;
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
      <p>
        <span className="text-3xl font-semibold tracking-tight tabular-nums">{number(now.used)}</span>{" "}
        <span className="text-sm text-muted-foreground">{t("credits", { count: now.used })}</span>
        <span className="mt-1 block text-caption text-muted-foreground">
          {t("usesIn", { uses: now.uses, dates })}
        </span>
      </p>
      <Change usage={usage} />
    </div>
  );
}

function Change({ usage: { total, before } }: { usage: UsageComparison }) {
  const t = useTranslations("usage");
  const { number, signedPercent, dateRange } = useFormats();
  if (!before) return null;
  const change = changeOf(total.now.used, total.before.used);
  const dates = dateRange(before.startsAt, before.endsAt);
  const difference = total.now.used - total.before.used;
  if (change === null)
    return <p className="text-caption text-muted-foreground">{t("nothingBefore", { dates })}</p>;
  return (
    <p className="text-caption text-muted-foreground sm:text-right">
      <span className="text-sm font-medium text-foreground tabular-nums">{signedPercent(change)}</span>{" "}
      {difference === 0
        ? t("asBefore")
        : t(difference > 0 ? "moreThanBefore" : "lessThanBefore", { credits: number(Math.abs(difference)) })}
      <span className="block">{t("wereUsed", { credits: number(total.before.used), dates })}</span>
    </p>
  );
}

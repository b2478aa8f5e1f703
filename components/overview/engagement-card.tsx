import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { PeriodUsage } from "@/lib/credits/get-period-usage";

/** For what and how often: as far as the catalog says what an operation is for. */
export function EngagementCard({ usage }: { usage: PeriodUsage }) {
  const t = useTranslations("overview.engagement");
  const { number } = useFormats();
  const active = usage.days.filter(({ used }) => used > 0).length;
  const most = usage.operations
    .filter(({ subject }) => subject)
    .reduce<PeriodUsage["operations"][number] | null>(
      (found, one) => (found && found.uses >= one.uses ? found : one),
      null,
    );
  const subject = most?.subject ?? null;
  const word = subject ? subject.word.replaceAll("_", " ") : "";
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-5">
      {subject && <Figure name={t("subjects", { word })} value={number(subject.count)} />}
      <Figure name={most?.name ?? t("uses")} value={number(most ? most.uses : usage.uses)} />
      {subject && most && (
        <Figure name={t("perSubject", { word })} value={number(Math.round(most.uses / subject.count))} />
      )}
      <Figure name={t("activeDays")} value={t("ofDays", { active, days: usage.days.length })} />
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="mt-0.5 text-caption break-words text-muted-foreground">{name}</dt>
      <dd className="text-2xl font-semibold tracking-tight tabular-nums">{value}</dd>
    </div>
  );
}

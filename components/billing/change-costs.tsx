import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { ChangeReview } from "@/lib/billing/get-change-review";

/** The money line by line, and what it brings. */
export function ChangeCosts({
  preview,
  saved,
  firstYearCredits,
  monthlyFrom,
}: Pick<ChangeReview, "preview" | "saved" | "firstYearCredits" | "monthlyFrom">) {
  const words = useTranslations("billing.change");
  const common = useTranslations("common");
  const { date, money, percent } = useFormats();
  const { when, startsAt, dueNowCents, currency, lines, nextChargeAt } = preview;
  return (
    <section aria-label={words("costs")} className="mt-6 rounded-xl border bg-muted/40 p-4 text-sm">
      {when === "period_end" && <p className="mb-3">{words("until", { date: date(startsAt) })}</p>}
      <dl className="space-y-2">
        {lines.map(({ description, amountCents }) => (
          <Line key={description} term={description}>
            {money(amountCents, currency)}
          </Line>
        ))}
        <Line term={words("chargedNow")} isTotal>
          {money(dueNowCents, currency)}
        </Line>
      </dl>
      <dl className="mt-4 space-y-2 border-t pt-4">
        {preview.creditsNow > 0 && (
          <Line term={words("addedNow")}>{common("credits", { count: preview.creditsNow })}</Line>
        )}
        {firstYearCredits !== null && (
          <Line term={words("untilNext", { date: date(nextChargeAt) })}>
            {words("about", { count: firstYearCredits })}
          </Line>
        )}
        <Line term={monthlyFrom ? words("eachMonthFrom", { date: date(monthlyFrom) }) : words("eachMonth")}>
          {common("credits", { count: preview.creditsPerMonth })}
        </Line>
        <Line term={words("nextCharge", { date: date(nextChargeAt) })}>
          {money(preview.nextChargeCents, currency)}
        </Line>
      </dl>
      {saved && (
        <p className="mt-4 text-positive">
          {words("saved", { amount: money(saved.cents, currency), percent: percent(saved.percent / 100) })}
        </p>
      )}
    </section>
  );
}

function Line({ term, isTotal, children }: { term: string; isTotal?: boolean; children: React.ReactNode }) {
  return (
    <div className={isTotal ? "flex justify-between gap-4 font-semibold" : "flex justify-between gap-4"}>
      <dt className={isTotal ? undefined : "text-muted-foreground"}>{term}</dt>
      <dd className="shrink-0 tabular-nums">{children}</dd>
    </div>
  );
}

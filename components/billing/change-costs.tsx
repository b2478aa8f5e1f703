import type { ChangeReview } from "@/lib/billing/get-change-review";
import { countCredits, formatDate, formatMoney } from "@/lib/format";

/** The money line by line, and what it brings. */
export function ChangeCosts({
  preview,
  saved,
  firstYearCredits,
  monthlyFrom,
}: Pick<ChangeReview, "preview" | "saved" | "firstYearCredits" | "monthlyFrom">) {
  const { when, startsAt, dueNowCents, currency, lines, nextChargeAt } = preview;
  return (
    <section aria-label="Costs" className="mt-6 rounded-xl border bg-muted/40 p-4 text-sm">
      {when === "period_end" && (
        <p className="mb-3">
          Until {formatDate(startsAt)} everything stays as you have paid it. Nothing is charged now.
        </p>
      )}
      <dl className="space-y-2">
        {lines.map(({ description, amountCents }) => (
          <Line key={description} term={description}>
            {formatMoney(amountCents, currency)}
          </Line>
        ))}
        <Line term="Charged now" isTotal>
          {formatMoney(dueNowCents, currency)}
        </Line>
      </dl>
      <dl className="mt-4 space-y-2 border-t pt-4">
        {preview.creditsNow > 0 && <Line term="Added now">{countCredits(preview.creditsNow)}</Line>}
        {firstYearCredits !== null && (
          <Line term={`Each month until ${formatDate(nextChargeAt)}, less what you have had already`}>
            about {countCredits(firstYearCredits)}
          </Line>
        )}
        <Line term={monthlyFrom ? `Each month from ${formatDate(monthlyFrom)}` : "Each month"}>
          {countCredits(preview.creditsPerMonth)}
        </Line>
        <Line term={`Next charge on ${formatDate(nextChargeAt)}`}>
          {formatMoney(preview.nextChargeCents, currency)}
        </Line>
      </dl>
      {saved && (
        <p className="mt-4 text-positive">
          By the year you save {formatMoney(saved.cents, currency)} ({saved.percent}%).
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

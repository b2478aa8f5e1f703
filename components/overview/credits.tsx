import { useTranslations } from "next-intl";
import { Breakdown } from "@/components/overview/breakdown";
import { ExpiryNotice } from "@/components/overview/expiry-notice";
import { kindColours } from "@/components/overview/kinds";
import { LowNotice } from "@/components/overview/low-notice";
import { OutlookLine } from "@/components/overview/outlook-line";
import { StackedBar } from "@/components/ui/stacked-bar";
import { useFormats } from "@/components/use-formats";
import type { Credits as CreditsData } from "@/lib/overview/get-credits";

/** How much there is, of what, and how long it lasts; what needs an eye stands above the rest. */
export function Credits({ credits }: { credits: CreditsData }) {
  const t = useTranslations("overview");
  const { number } = useFormats();
  return (
    <div className="space-y-5">
      <div className="flex items-center gap-1.5">
        <p
          className="text-5xl font-semibold tracking-tighter tabular-nums sm:text-6xl"
          data-testid="total-credits"
        >
          {number(credits.total)}
        </p>
        <Breakdown parts={credits.parts} />
      </div>
      <StackedBar
        label={t("breakdown")}
        parts={credits.parts.map(({ kind, credits: value }) => ({
          key: kind,
          label: t(`kind.${kind}`),
          value,
          shown: number(value),
          className: kindColours[kind],
        }))}
      />
      {credits.outlook && <OutlookLine outlook={credits.outlook} refill={credits.refill} />}
      {credits.level !== "enough" && <LowNotice credits={credits} />}
      {credits.expiry && <ExpiryNotice expiry={credits.expiry} refill={credits.refill} asOf={credits.asOf} />}
    </div>
  );
}

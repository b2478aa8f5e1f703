import { Calculator } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { Estimate } from "@/lib/credits/get-estimates";

const SHOWN = 6;

/** How many more uses of each operation there are credits for. */
export function Estimates({ estimates }: { estimates: Estimate[] }) {
  const t = useTranslations("usage");
  const { number, average } = useFormats();
  if (estimates.length === 0)
    return (
      <EmptyState
        icon={<Calculator aria-hidden />}
        title={t("noEstimates")}
        action={
          <Button asChild variant="outline" size="sm">
            <Link href="/dashboard/playground">{t("tryPlayground")}</Link>
          </Button>
        }
      >
        {t("noEstimatesYet")}
      </EmptyState>
    );
  return (
    <ul className="-my-2 divide-y">
      {estimates.slice(0, SHOWN).map(({ operation, name, average: cost, usesLeft }) => (
        <li key={operation} className="flex items-baseline justify-between gap-4 py-2.5 text-sm">
          <span className="min-w-0">
            <span className="block truncate">{name}</span>
            <span className="text-xs text-muted-foreground">
              {t("onAverage", { credits: average(cost) })}
            </span>
          </span>
          <span className="shrink-0 text-right">
            <span className="text-lg font-semibold tabular-nums">{number(usesLeft)}</span>{" "}
            <span className="text-caption text-muted-foreground">{t("moreUses", { count: usesLeft })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

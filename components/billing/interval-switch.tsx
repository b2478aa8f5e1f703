"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Interval } from "@/components/billing/pricing-table";
import { RadioLabel } from "@/components/ui/radio-label";
import { segment } from "@/components/ui/segment";
import { useFormats } from "@/components/use-formats";
import { cn } from "@/lib/utils";

export function IntervalSwitch({
  value,
  onChange,
  savedPercent,
}: {
  value: Interval;
  onChange: (interval: Interval) => void;
  savedPercent: number;
}) {
  const t = useTranslations("plans");
  const { percent } = useFormats();
  const name = useId();
  const choice = (interval: Interval, children: React.ReactNode) => (
    <RadioLabel
      name={name}
      checked={value === interval}
      onChange={() => onChange(interval)}
      className={cn(
        "flex-1 rounded-lg px-4 py-1.5 text-center text-sm font-medium whitespace-nowrap",
        value === interval ? segment.chosen : segment.other,
      )}
    >
      {children}
    </RadioLabel>
  );
  return (
    <fieldset
      aria-label={t("interval")}
      className="mx-auto flex w-full max-w-xs rounded-xl border bg-muted p-1"
    >
      {choice("month", t("monthly"))}
      {choice(
        "year",
        <>
          {t("yearly")}{" "}
          {savedPercent > 0 && (
            <span className="ml-0.5 text-xs text-positive">
              {t("yearlySaves", { percent: percent(savedPercent / 100) })}
            </span>
          )}
        </>,
      )}
    </fieldset>
  );
}

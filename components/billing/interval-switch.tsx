"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { Interval } from "@/components/billing/pricing-table";
import { useFormats } from "@/components/use-formats";

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
  const segment = (interval: Interval, children: React.ReactNode) => (
    <label className="relative flex-1 rounded-lg px-4 py-1.5 text-center text-sm font-medium whitespace-nowrap text-muted-foreground has-focus-visible:outline-2 has-focus-visible:outline-ring has-checked:bg-raised has-checked:text-foreground has-checked:shadow-xs has-checked:ring-1 has-checked:ring-border hover:text-foreground">
      <input
        type="radio"
        name={name}
        checked={value === interval}
        onChange={() => onChange(interval)}
        className="absolute inset-0 cursor-pointer opacity-0"
      />
      {children}
    </label>
  );
  return (
    <fieldset
      aria-label={t("interval")}
      className="mx-auto flex w-full max-w-xs rounded-xl border bg-muted p-1"
    >
      {segment("month", t("monthly"))}
      {segment(
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

"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import type { Interval } from "@/components/billing/pricing-table";
import { useFormats } from "@/components/use-formats";

const segment =
  "flex-1 cursor-pointer rounded-lg px-4 py-1.5 text-sm font-medium whitespace-nowrap text-muted-foreground hover:text-foreground data-[state=checked]:bg-raised data-[state=checked]:text-foreground data-[state=checked]:shadow-xs data-[state=checked]:ring-1 data-[state=checked]:ring-border";

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
  return (
    <RadioGroup.Root
      aria-label={t("interval")}
      value={value}
      onValueChange={(next) => onChange(next === "year" ? "year" : "month")}
      className="mx-auto flex w-full max-w-xs rounded-xl border bg-muted p-1"
    >
      <RadioGroup.Item value="month" className={segment}>
        {t("monthly")}
      </RadioGroup.Item>
      <RadioGroup.Item value="year" className={segment}>
        {t("yearly")}{" "}
        {savedPercent > 0 && (
          <span className="ml-0.5 text-xs text-positive">
            {t("yearlySaves", { percent: percent(savedPercent / 100) })}
          </span>
        )}
      </RadioGroup.Item>
    </RadioGroup.Root>
  );
}

"use client";

import { RadioGroup } from "radix-ui";
import type { Interval } from "@/components/billing/pricing-table";

export function IntervalSwitch({
  value,
  onChange,
  savedPercent,
}: {
  value: Interval;
  onChange: (interval: Interval) => void;
  savedPercent: number;
}) {
  const segment =
    "flex-1 cursor-pointer rounded-lg px-4 py-1.5 text-sm font-medium text-muted-foreground data-[state=checked]:bg-raised data-[state=checked]:text-foreground data-[state=checked]:shadow-xs data-[state=checked]:ring-1 data-[state=checked]:ring-border";
  return (
    <RadioGroup.Root
      aria-label="Billing interval"
      value={value}
      onValueChange={(next) => onChange(next === "year" ? "year" : "month")}
      className="mx-auto flex w-full max-w-xs rounded-xl border bg-muted p-1"
    >
      <RadioGroup.Item value="month" className={segment}>
        Monthly
      </RadioGroup.Item>
      <RadioGroup.Item value="year" className={segment}>
        Yearly
        {savedPercent > 0 && <span className="ml-1.5 text-xs text-positive">−{savedPercent}%</span>}
      </RadioGroup.Item>
    </RadioGroup.Root>
  );
}

"use client";

import { Check, Minus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Cell, Comparison } from "@/lib/billing/get-comparison";
import { cn } from "@/lib/utils";

/** Plans side by side; a phone shows the one that is picked, a narrow screen lets them slide beneath the first column. */
export function PricingComparison({ comparison: { plans, rows } }: { comparison: Comparison }) {
  const t = useTranslations("plans");
  const [picked, setPicked] = useState(plans[0]?.key);
  const onPhone = (key: string | undefined) => key !== picked && "max-sm:hidden";
  return (
    <>
      <label className="mb-3 flex items-center justify-between gap-3 text-sm sm:hidden">
        <span className="text-muted-foreground">{t("comparePlan")}</span>
        <select
          value={picked}
          onChange={(event) => setPicked(event.target.value)}
          className="h-10 min-w-36 rounded-lg border bg-card px-2.5"
        >
          {plans.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <section
        aria-label={t("compare")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what slides sideways is reached by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-xl border bg-card shadow-xs"
      >
        <table className="w-full border-separate border-spacing-0 text-sm">
          <thead>
            <tr>
              <th scope="col" className={cn(first, "font-normal text-muted-foreground")}>
                {t("whatIsIncluded")}
              </th>
              {plans.map(({ key, name }) => (
                <th key={key} scope="col" className={cn(cell, "font-medium", onPhone(key))}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells }) => (
              <tr key={label} className="group [&>*]:border-t">
                <th scope="row" className={cn(first, "font-normal")}>
                  {label}
                </th>
                {cells.map((one, at) => (
                  <td key={plans[at]?.key} className={cn(cell, "tabular-nums", onPhone(plans[at]?.key))}>
                    <Included cell={one} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const first = "sticky left-0 z-10 min-w-40 bg-card px-4 py-3 text-left sm:px-5";
const cell = "min-w-28 px-4 py-3 text-center max-sm:text-right";

function Included({ cell: one }: { cell: Cell }) {
  const t = useTranslations("plans");
  if (one.is === "text") return one.text;
  if (one.is === "unlimited") return t("unlimited");
  const [Icon, word, tone] =
    one.is === "included"
      ? ([Check, "included", "text-positive"] as const)
      : ([Minus, "notIncluded", "text-muted-foreground/60"] as const);
  return (
    <>
      <Icon className={cn("inline size-4", tone)} aria-hidden />
      <span className="sr-only">{t(word)}</span>
    </>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { BlockNotice } from "@/components/billing/block-notice";
import { IntervalSwitch } from "@/components/billing/interval-switch";
import { CustomPlanOffer, PlanOffer } from "@/components/billing/plan-offer";
import { TrialTerms } from "@/components/billing/trial-terms";
import { Notice } from "@/components/ui/notice";
import type { Pricing } from "@/lib/billing/get-pricing";
import { cn } from "@/lib/utils";

export type Interval = "month" | "year";

/** So many that each keeps its words on few lines, and none is left alone in a row. */
const columns: Record<number, string> = {
  1: "mx-auto max-w-md",
  2: "mx-auto max-w-3xl sm:grid-cols-2",
  3: "md:grid-cols-3",
  4: "sm:grid-cols-2 xl:grid-cols-4",
};

/** The plans, on the pricing page and in the dialog alike. */
export function PricingTable({ pricing }: { pricing: Pricing }) {
  const t = useTranslations("plans");
  const [interval, setInterval] = useState<Interval>(pricing.interval);
  const offers = pricing.plans.flatMap((plan) => plan.offers);
  const saved = Math.max(0, ...offers.map((offer) => offer.saved?.percent ?? 0));
  const hasBoth = (["month", "year"] as const).every((one) => offers.some((offer) => offer.interval === one));
  const custom = pricing.plans.filter(({ isCustom }) => isCustom);
  const listed = pricing.plans.filter(({ isCustom }) => !isCustom);
  return (
    <div className="space-y-6">
      {hasBoth && <IntervalSwitch value={interval} onChange={setInterval} savedPercent={saved} />}
      {pricing.block && <BlockNotice block={pricing.block} />}
      {!pricing.canBuy && !pricing.block && <Notice tone="neutral">{t("cannotBuy")}</Notice>}
      {pricing.trial && <TrialTerms trial={pricing.trial} />}
      {custom.map((plan) => (
        <CustomPlanOffer key={plan.key} plan={plan} interval={interval} intent={pricing.intent} />
      ))}
      <ul
        aria-label={t("plans")}
        className={cn("grid gap-4", columns[listed.length] ?? "sm:grid-cols-2 lg:grid-cols-3")}
      >
        {listed.map((plan) => (
          <PlanOffer key={plan.key} plan={plan} interval={interval} intent={pricing.intent} />
        ))}
      </ul>
    </div>
  );
}

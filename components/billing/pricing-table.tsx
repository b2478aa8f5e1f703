"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { IntervalSwitch } from "@/components/billing/interval-switch";
import { OccupiedNotice } from "@/components/billing/occupied-notice";
import { OfferButton } from "@/components/billing/offer-button";
import { Badge } from "@/components/ui/badge";
import type { PricedPlan, Pricing } from "@/lib/billing/get-pricing";
import { countCredits, formatPrice } from "@/lib/format";
import { cn } from "@/lib/utils";

export type Interval = "month" | "year";

/** The plans, on the pricing page and in the dialog alike. */
export function PricingTable({ pricing }: { pricing: Pricing }) {
  const [interval, setInterval] = useState<Interval>("month");
  const saved = Math.max(
    0,
    ...pricing.plans.flatMap((plan) => plan.offers.map((offer) => offer.savedPercent)),
  );
  return (
    <div>
      <IntervalSwitch value={interval} onChange={setInterval} savedPercent={saved} />
      {pricing.occupied && <OccupiedNotice occupied={pricing.occupied} />}
      <ul className="mt-6 grid gap-4 md:grid-cols-3">
        {pricing.plans.map((plan) => (
          <PlanColumn key={plan.key} plan={plan} interval={interval} intent={pricing.intent} />
        ))}
      </ul>
    </div>
  );
}

function PlanColumn({ plan, interval, intent }: { plan: PricedPlan; interval: Interval; intent: string }) {
  const offer = plan.offers.find((one) => one.interval === interval) ?? plan.offers[0];
  const isCurrent = plan.state === "current";
  return (
    <li
      aria-label={plan.name}
      className={cn(
        "flex flex-col rounded-xl border bg-card p-5 shadow-xs",
        isCurrent && "ring-2 ring-foreground",
      )}
    >
      <div className="flex h-6 items-center justify-between">
        <h3 className="font-medium">{plan.name}</h3>
        {isCurrent && <Badge tone="neutral">Current</Badge>}
      </div>
      <p className="mt-1 text-[13px] text-muted-foreground">{plan.description}</p>
      <p className="mt-4 text-3xl font-semibold tracking-tight tabular-nums">
        {offer ? formatPrice(offer.perMonthCents, offer.currency) : "Free"}
        {offer && <span className="text-sm font-normal tracking-normal text-muted-foreground"> / month</span>}
      </p>
      <p className="mt-1 h-4 text-xs text-muted-foreground">
        {offer?.interval === "year" && `${formatPrice(offer.billedCents, offer.currency)} billed once a year`}
      </p>
      <p className="mt-3 text-sm font-medium">{countCredits(plan.creditsPerMonth)} a month</p>
      <ul className="mt-3 mb-5 flex-1 space-y-1.5 text-[13px] text-muted-foreground">
        {plan.features.map((feature) => (
          <li key={feature} className="flex gap-2">
            <Check className="mt-0.5 size-3.5 shrink-0 text-positive" aria-hidden />
            {feature}
          </li>
        ))}
      </ul>
      <OfferButton
        name={plan.name}
        state={offer?.state ?? plan.state}
        lookupKey={offer?.lookupKey ?? null}
        intent={intent}
      />
    </li>
  );
}

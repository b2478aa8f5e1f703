"use client";

import { useState } from "react";
import { BlockNotice } from "@/components/billing/block-notice";
import { IntervalSwitch } from "@/components/billing/interval-switch";
import { OfferButton } from "@/components/billing/offer-button";
import { StartTrial } from "@/components/billing/start-trial";
import { TrialTerms } from "@/components/billing/trial-terms";
import { Badge } from "@/components/ui/badge";
import { CheckList } from "@/components/ui/check-list";
import { Notice } from "@/components/ui/notice";
import type { Offer, PricedPlan, Pricing } from "@/lib/billing/get-pricing";
import { countCredits, formatMoney, formatPrice } from "@/lib/format";
import { cn } from "@/lib/utils";

export type Interval = "month" | "year";

/** The plans, on the pricing page and in the dialog alike. */
export function PricingTable({ pricing }: { pricing: Pricing }) {
  const [interval, setInterval] = useState<Interval>(pricing.interval);
  const saved = Math.max(
    0,
    ...pricing.plans.flatMap((plan) => plan.offers.map(({ saved }) => saved?.percent ?? 0)),
  );
  return (
    <div>
      <IntervalSwitch value={interval} onChange={setInterval} savedPercent={saved} />
      {pricing.block && <BlockNotice block={pricing.block} />}
      {!pricing.canBuy && !pricing.block && (
        <Notice tone="neutral" className="mt-6">
          Plans and packs cannot be bought at the moment. The free plan can be used as ever.
        </Notice>
      )}
      {pricing.trial && <TrialTerms trial={pricing.trial} />}
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
  const isTried = plan.state === "trial";
  return (
    <li
      aria-label={plan.name}
      className={cn(
        "flex flex-col rounded-xl border bg-card p-5 shadow-xs",
        (isCurrent || isTried) && "ring-2 ring-foreground",
      )}
    >
      <div className="flex h-6 items-center justify-between">
        <h3 className="font-medium">{plan.name}</h3>
        {isCurrent && <Badge tone="neutral">Current</Badge>}
        {isTried && <Badge tone="neutral">Your trial</Badge>}
      </div>
      <p className="mt-1 text-[13px] text-muted-foreground">{plan.description}</p>
      <p className="mt-4 text-3xl font-semibold tracking-tight tabular-nums">
        {offer ? formatPrice(offer.perMonthCents, offer.currency) : "Free"}
        {offer && (
          <span className="text-sm font-normal tracking-normal text-muted-foreground">
            {" "}
            / month{plan.maxQuantity > 1 && " and seat"}
          </span>
        )}
      </p>
      <p className="mt-1 min-h-8 text-xs text-muted-foreground">{offer && <Billed offer={offer} />}</p>
      <p className="mt-3 text-sm font-medium">{countCredits(plan.creditsPerMonth)} a month</p>
      <div className="mt-3 mb-5 flex-1">
        <CheckList>{plan.features}</CheckList>
      </div>
      {plan.trial && <StartTrial terms={plan.trial} isSignedIn={plan.state !== "sign-up"} />}
      <OfferButton
        name={plan.name}
        state={offer?.state ?? plan.state}
        offer={offer ?? null}
        isCurrentPlan={isCurrent}
        intent={intent}
      />
    </li>
  );
}

/** Of a plan paid by the year: what is charged at once, and what that saves. */
function Billed({ offer: { interval, billedCents, saved, currency } }: { offer: Offer }) {
  if (interval === "month") return null;
  return (
    <>
      {formatPrice(billedCents, currency)} billed once a year
      {saved && (
        <span className="block text-positive">
          Saves {formatMoney(saved.cents, currency)} a year ({saved.percent}%)
        </span>
      )}
    </>
  );
}

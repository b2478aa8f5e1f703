import { useTranslations } from "next-intl";
import { PlansButton } from "@/components/billing/plans-button";
import { StatusBadge } from "@/components/billing/status-badge";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useFormats } from "@/components/use-formats";
import type { ActivePlan, BillingOverview, Trial } from "@/lib/billing/get-overview";
import type { PlanCardData } from "@/lib/overview/get-plan-card";

export function PlanCard({ overview, pricing, trialShare }: PlanCardData) {
  const t = useTranslations("overview.plan");
  const { plan, trial } = overview;
  const { block, canBuy } = pricing;
  const isSettledFirst = plan !== null && (plan.isOnHold || (canBuy && block !== null));
  return (
    <div className="flex flex-1 flex-col">
      {plan ? <Subscribed plan={plan} /> : trial ? <OnTrial trial={trial} /> : <NoPlan overview={overview} />}
      {trial && <TrialTime trial={trial} share={trialShare} />}
      <div className="mt-auto pt-5">
        {isSettledFirst ? (
          <Button asChild variant="outline">
            <Link href="/dashboard/billing">{t("settle")}</Link>
          </Button>
        ) : (
          <PlansButton pricing={pricing} variant={plan || trial ? "outline" : "primary"}>
            {t(plan ? "upgrade" : trial ? "choose" : "view")}
          </PlansButton>
        )}
      </div>
    </div>
  );
}

function Name({ children, status }: { children: string; status: string }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <p className="text-xl font-semibold tracking-tight">{children}</p>
      <StatusBadge status={status} />
    </div>
  );
}

function Subscribed({ plan }: { plan: ActivePlan }) {
  const t = useTranslations("overview.plan");
  const perInterval = usePerInterval();
  const { number } = useFormats();
  return (
    <>
      <Name status={plan.status}>{plan.name}</Name>
      <p className="mt-3 text-sm font-medium tabular-nums">
        {perInterval(plan.priceCents, plan.currency, plan.interval)}
      </p>
      <p className="mt-1 text-sm">
        {t("brings", { count: plan.creditsPerMonth, number: number(plan.creditsPerMonth) })}
      </p>
      <p className="mt-1 text-caption text-muted-foreground">
        <WhatComes plan={plan} />
      </p>
    </>
  );
}

/** When it renews or ends, or why nothing comes. */
function WhatComes({ plan: { status, endsAt, renewsAt, isOverdue, isOnHold } }: { plan: ActivePlan }) {
  const t = useTranslations("overview.plan");
  const { date } = useFormats();
  if (endsAt) return t("ends", { date: date(endsAt) });
  if (renewsAt) return t(status === "trialing" ? "firstCharge" : "renews", { date: date(renewsAt) });
  if (isOnHold) return t(status === "paused" ? "paused" : "unpaid");
  return isOverdue ? t("overdue") : null;
}

function OnTrial({ trial }: { trial: Trial }) {
  const t = useTranslations("overview.plan");
  const { date } = useFormats();
  return (
    <>
      <Name status="trialing">{trial.planName}</Name>
      <p className="mt-3 text-sm">{t("onTrial")}</p>
      <p className="mt-1 text-caption text-muted-foreground">{t("ends", { date: date(trial.endsAt) })}</p>
    </>
  );
}

function TrialTime({ trial, share }: { trial: Trial; share: number | null }) {
  const t = useTranslations("overview.plan");
  return (
    <div className="mt-4 space-y-1.5">
      {share !== null && <ProgressBar share={share} className="bg-promotional" />}
      <p className="text-caption text-muted-foreground">{t("daysLeft", { days: trial.daysLeft })}</p>
    </div>
  );
}

function NoPlan({ overview }: { overview: BillingOverview }) {
  const t = useTranslations("overview.plan");
  const { number, date } = useFormats();
  const { endedPlan, canBuy, freeCreditsPerMonth: free, nextFreeCreditsAt: next } = overview;
  return (
    <>
      <p className="text-xl font-semibold tracking-tight">{t("none")}</p>
      <p className="mt-2 text-caption text-muted-foreground">
        {endedPlan && `${t("ended", { plan: endedPlan })} `}
        {t(canBuy ? "subscribe" : "closed")}
      </p>
      {free > 0 && (
        <p className="mt-3 text-sm">
          {next
            ? t("freeNext", { count: free, number: number(free), date: date(next) })
            : t("free", { count: free, number: number(free) })}
        </p>
      )}
    </>
  );
}

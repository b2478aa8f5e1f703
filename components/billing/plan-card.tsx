import { PricingDialog } from "@/components/billing/pricing-dialog";
import { StatusBadge } from "@/components/billing/status-badge";
import { useNoPlanWords } from "@/components/billing/use-no-plan-words";
import { Button } from "@/components/ui/button";
import type { ActivePlan, BillingOverview, Trial } from "@/lib/billing/get-overview";
import type { Pricing } from "@/lib/billing/get-pricing";
import { countCredits, formatCredits, formatDate } from "@/lib/format";

export function PlanCard({ overview, pricing }: { overview: BillingOverview; pricing: Pricing }) {
  if (overview.plan) return <Subscribed plan={overview.plan} pricing={pricing} />;
  if (overview.trial) return <OnTrial trial={overview.trial} pricing={pricing} />;
  return <NotSubscribed overview={overview} pricing={pricing} />;
}

function Subscribed({ plan, pricing }: { plan: ActivePlan; pricing: Pricing }) {
  return (
    <div>
      <div className="flex items-center gap-2.5">
        <p className="text-xl font-semibold tracking-tight">{plan.name}</p>
        <StatusBadge status={plan.status} />
      </div>
      <p className="mt-1 text-[13px] text-muted-foreground">
        {plan.endsAt && `Ends on ${formatDate(plan.endsAt)}`}
        {plan.renewsAt &&
          `${plan.status === "trialing" ? "First charge" : "Renews"} on ${formatDate(plan.renewsAt)}`}
        {plan.isOnHold &&
          (plan.status === "paused"
            ? "Nothing comes, and nothing is charged, until it is resumed."
            : "No credits come until it is paid.")}
      </p>
      <p className="mt-4 mb-5 text-sm">{countCredits(plan.creditsPerMonth)} each month</p>
      <PricingDialog pricing={pricing} trigger={<Button variant="outline">Upgrade Plan</Button>} />
    </div>
  );
}

function OnTrial({ trial, pricing }: { trial: Trial; pricing: Pricing }) {
  return (
    <div>
      <div className="flex items-center gap-2.5">
        <p className="text-xl font-semibold tracking-tight">{trial.planName}</p>
        <StatusBadge status="trialing" />
      </div>
      <p className="mt-1 text-[13px] text-muted-foreground">Ends on {formatDate(trial.endsAt)}</p>
      <p className="mt-4 mb-5 text-sm">All that the plan has, without a charge</p>
      <PricingDialog pricing={pricing} trigger={<Button>Choose a plan</Button>} />
    </div>
  );
}

function NotSubscribed({ overview, pricing }: { overview: BillingOverview; pricing: Pricing }) {
  return (
    <div>
      <p className="text-xl font-semibold tracking-tight">No active plan</p>
      <p className="mt-1 text-[13px] text-muted-foreground">{useNoPlanWords(overview)}</p>
      {overview.freeCreditsPerMonth > 0 && (
        <p className="mt-4 text-sm">
          {formatCredits(overview.freeCreditsPerMonth)} free credits each month
          {overview.nextFreeCreditsAt && (
            <span className="text-muted-foreground">, next on {formatDate(overview.nextFreeCreditsAt)}</span>
          )}
        </p>
      )}
      <div className="mt-5">
        <PricingDialog pricing={pricing} trigger={<Button>View Plans</Button>} />
      </div>
    </div>
  );
}

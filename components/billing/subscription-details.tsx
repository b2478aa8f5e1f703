import { CreditCard } from "lucide-react";
import Link from "next/link";
import { CancelDialog } from "@/components/billing/cancel-dialog";
import { noPlanWords } from "@/components/billing/no-plan-words";
import { PauseDialog } from "@/components/billing/pause-dialog";
import { PlanNews } from "@/components/billing/plan-news";
import { PortalForm } from "@/components/billing/portal-form";
import { PricingDialog } from "@/components/billing/pricing-dialog";
import { StatusBadge } from "@/components/billing/status-badge";
import { UpcomingChange } from "@/components/billing/upcoming-change";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ActivePlan } from "@/lib/billing/get-overview";
import type { PlanPanel } from "@/lib/billing/get-plan-panel";
import { formatCredits, formatDate, formatMoney, formatPerInterval } from "@/lib/format";

export function SubscriptionDetails({ overview, pricing, managed, news }: PlanPanel) {
  const { plan, trial } = overview;
  if (!plan) {
    return (
      <EmptyState
        icon={<CreditCard aria-hidden />}
        title={trial ? `Trial of ${trial.planName}` : "No active plan"}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <PricingDialog pricing={pricing} trigger={<Button>View Plans</Button>} />
            {overview.canOpenPortal && <PortalForm>Invoices and cards</PortalForm>}
          </div>
        }
      >
        {trial ? `It ends on ${formatDate(trial.endsAt)}. Nothing is charged.` : noPlanWords(overview)}
      </EmptyState>
    );
  }
  const seats = managed?.seats?.quantity ?? 1;
  const isWaiting = news !== null && !news.isReached;
  return (
    <div>
      {news && <PlanNews {...news} />}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
        <Fact term="Plan">
          {seats > 1 ? `${plan.name}, ${seats} seats` : plan.name}
          <StatusBadge status={plan.status} />
        </Fact>
        <Fact term="Billing">
          {managed
            ? formatPerInterval(managed.totalCents, managed.currency, managed.interval)
            : formatPerInterval(plan.priceCents, plan.currency, plan.interval)}
        </Fact>
        <Fact term="Credits">{formatCredits(managed?.creditsPerMonth ?? plan.creditsPerMonth)} a month</Fact>
        <NextBilling plan={plan} />
      </dl>
      {managed && !isWaiting && <UpcomingChange planName={plan.name} plan={managed} />}
      {!isWaiting && <Actions overview={overview} pricing={pricing} managed={managed} plan={plan} />}
    </div>
  );
}

function Actions({ overview, pricing, managed, plan }: Omit<PlanPanel, "news"> & { plan: ActivePlan }) {
  const other = managed?.switchInterval;
  return (
    <div className="mt-6 flex flex-col gap-2 sm:flex-row sm:flex-wrap [&_button]:max-sm:w-full">
      {!managed?.block && (
        <PricingDialog pricing={pricing} trigger={<Button variant="outline">Upgrade Plan</Button>} />
      )}
      {other && (
        <Button asChild variant="outline">
          <Link href={other.change} prefetch={false}>
            {other.to === "year" ? "Pay by the year" : "Pay by the month"}
            {other.saved && (
              <span className="text-positive">
                save {formatMoney(other.saved.cents, managed.currency)} ({other.saved.percent}%)
              </span>
            )}
          </Link>
        </Button>
      )}
      {managed?.seats?.change && (
        <Button asChild variant="outline">
          <Link href={managed.seats.change} prefetch={false}>
            Change seats
          </Link>
        </Button>
      )}
      {overview.canOpenPortal && <PortalForm>Manage subscription</PortalForm>}
      {managed?.canPause && <PauseDialog planName={plan.name} />}
      {managed?.cancellation && (
        <CancelDialog
          planName={plan.name}
          endsAt={managed.cancellation.endsAt}
          freeCreditsPerMonth={overview.freeCreditsPerMonth}
        />
      )}
    </div>
  );
}

function NextBilling({ plan }: { plan: ActivePlan }) {
  if (plan.endsAt) return <Fact term="Ends on">{formatDate(plan.endsAt)}</Fact>;
  if (plan.status === "paused") return <Fact term="Next billing">When it is resumed</Fact>;
  return <Fact term="Next billing">{plan.renewsAt ? formatDate(plan.renewsAt) : "Overdue"}</Fact>;
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="mt-1 flex min-h-6 flex-wrap items-center gap-2 text-sm font-medium">{children}</dd>
    </div>
  );
}

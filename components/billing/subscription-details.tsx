import { CreditCard } from "lucide-react";
import { noPlanWords } from "@/components/billing/no-plan-words";
import { PortalForm } from "@/components/billing/portal-form";
import { PricingDialog } from "@/components/billing/pricing-dialog";
import { StatusBadge } from "@/components/billing/status-badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ActivePlan, BillingOverview } from "@/lib/billing/get-overview";
import type { Pricing } from "@/lib/billing/get-pricing";
import { formatCredits, formatDate, formatMoney } from "@/lib/format";

export function SubscriptionDetails({ overview, pricing }: { overview: BillingOverview; pricing: Pricing }) {
  const { plan } = overview;
  if (!plan) {
    return (
      <EmptyState
        icon={<CreditCard aria-hidden />}
        title="No active plan"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            <PricingDialog pricing={pricing} trigger={<Button>View Plans</Button>} />
            {overview.hasCustomer && <PortalForm>Invoices and cards</PortalForm>}
          </div>
        }
      >
        {noPlanWords(overview)}
      </EmptyState>
    );
  }
  return (
    <div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
        <Fact term="Plan">
          {plan.name} <StatusBadge status={plan.status} />
        </Fact>
        <Fact term="Billing">
          {formatMoney(plan.priceCents, plan.currency)}/{plan.interval}
        </Fact>
        <Fact term="Credits">{formatCredits(plan.creditsPerMonth)} a month</Fact>
        <NextBilling plan={plan} />
      </dl>
      <div className="mt-6 flex flex-wrap gap-2">
        <PricingDialog pricing={pricing} trigger={<Button variant="outline">Upgrade Plan</Button>} />
        <PortalForm>Manage subscription</PortalForm>
        {!plan.endsAt && <PortalForm variant="danger">Cancel subscription</PortalForm>}
      </div>
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

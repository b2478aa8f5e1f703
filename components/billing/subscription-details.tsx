import { CreditCard } from "lucide-react";
import { useTranslations } from "next-intl";
import { PlanActions } from "@/components/billing/plan-actions";
import { PlanNews } from "@/components/billing/plan-news";
import { PlansButton } from "@/components/billing/plans-button";
import { PortalForm } from "@/components/billing/portal-form";
import { StatusBadge } from "@/components/billing/status-badge";
import { UpcomingChange } from "@/components/billing/upcoming-change";
import { useNoPlanWords } from "@/components/billing/use-no-plan-words";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { ActivePlan } from "@/lib/billing/get-overview";
import type { PlanPanel } from "@/lib/billing/get-plan-panel";

/** `nextCharge` comes later: the payment service is asked for it. */
export function SubscriptionDetails({ nextCharge, ...panel }: PlanPanel & { nextCharge?: React.ReactNode }) {
  const words = useTranslations("billing.plan");
  const perInterval = usePerInterval();
  const { plan } = panel.overview;
  if (!plan) return <NoPlan {...panel} />;
  const { managed, news } = panel;
  const { totalCents, currency, interval } = managed ?? { ...plan, totalCents: plan.priceCents };
  const count = managed?.seats?.quantity ?? 1;
  const isWaiting = news !== null && !news.isReached;
  const canUndo = (news?.goal === "cancelled" || news?.goal === "scheduled") && managed?.block !== "closed";
  const isUndoable = canUndo && (managed?.endsAt ?? managed?.scheduled) != null;
  return (
    <div>
      {news && <PlanNews {...news} canUndo={isUndoable} />}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
        <Fact term={words("termPlan")}>
          {count > 1 ? words("withSeats", { plan: plan.name, count }) : plan.name}
          <StatusBadge status={plan.status} />
        </Fact>
        <Fact term={words("termPrice")}>{perInterval(totalCents, currency, interval)}</Fact>
        <Fact term={words("termCredits")}>
          {words("creditsAMonth", { count: managed?.creditsPerMonth ?? plan.creditsPerMonth })}
        </Fact>
        <Next plan={plan}>{nextCharge}</Next>
      </dl>
      {managed && !isWaiting && (
        <UpcomingChange
          planName={plan.name}
          plan={managed}
          nextCharge={nextCharge}
          isUndoAbove={isUndoable}
        />
      )}
      {!isWaiting && <PlanActions {...panel} plan={plan} />}
    </div>
  );
}

function NoPlan({ overview, pricing }: PlanPanel) {
  const words = useTranslations("billing.plan");
  const { date } = useFormats();
  // Of a trial the banner above has the full button.
  const { trial } = overview;
  const ended = useNoPlanWords(overview);
  return (
    <EmptyState
      icon={<CreditCard aria-hidden />}
      title={trial ? words("trialOf", { plan: trial.planName }) : words("none")}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <PlansButton pricing={pricing} variant={trial ? "outline" : "primary"}>
            {words("viewPlans")}
          </PlansButton>
          {overview.canOpenPortal && <PortalForm>{words("invoicesAndCards")}</PortalForm>}
        </div>
      }
    >
      {trial ? words("trialEnds", { date: date(trial.endsAt) }) : ended}
    </EmptyState>
  );
}

/** A plan that is cancelled or rests is not charged by itself: what it would cost stands below. */
function Next({ plan, children }: { plan: ActivePlan; children: React.ReactNode }) {
  const words = useTranslations("billing.plan");
  const { date } = useFormats();
  if (plan.endsAt)
    return (
      <Fact term={words("termEnds")}>
        <span>
          {date(plan.endsAt)}
          <span className="block text-xs font-normal text-muted-foreground">{words("nothingMore")}</span>
        </span>
      </Fact>
    );
  if (plan.status === "paused") return <Fact term={words("termNext")}>{words("whenResumed")}</Fact>;
  return <Fact term={words("termNext")}>{plan.renewsAt ? children : words("overdue")}</Fact>;
}

function Fact({ term, children }: { term: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted-foreground">{term}</dt>
      <dd className="mt-1 flex min-h-6 flex-wrap items-center gap-2 text-sm font-medium">{children}</dd>
    </div>
  );
}

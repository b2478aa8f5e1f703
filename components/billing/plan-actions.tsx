import { useTranslations } from "next-intl";
import { CancelButton } from "@/components/billing/cancel-button";
import { PauseButton } from "@/components/billing/pause-button";
import { PlansButton } from "@/components/billing/plans-button";
import { PortalForm } from "@/components/billing/portal-form";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { useFormats } from "@/components/use-formats";
import type { ActivePlan } from "@/lib/billing/get-overview";
import type { PlanPanel } from "@/lib/billing/get-plan-panel";

/** What can be done with a plan; each leads to a page or a dialog that says what comes of it. */
export function PlanActions({
  overview,
  pricing,
  managed,
  credits,
  plan,
}: Omit<PlanPanel, "news"> & { plan: ActivePlan }) {
  const words = useTranslations("billing.plan");
  const { money, percent } = useFormats();
  const other = managed?.switchInterval;
  return (
    <div className="mt-6 print:hidden">
      <div className="flex flex-col gap-2 empty:hidden sm:flex-row sm:flex-wrap [&_button]:max-sm:w-full">
        {!managed?.block && (
          <PlansButton pricing={pricing} variant="outline">
            {words("upgrade")}
          </PlansButton>
        )}
        {other && (
          <Button asChild variant="outline">
            <Link href={other.change} prefetch={false}>
              {words(other.to === "year" ? "toYear" : "toMonth")}
              {other.saved && (
                <span className="text-positive">
                  {words("saves", {
                    amount: money(other.saved.cents, managed.currency),
                    percent: percent(other.saved.percent / 100),
                  })}
                </span>
              )}
            </Link>
          </Button>
        )}
        {managed?.seats?.change && (
          <Button asChild variant="outline">
            <Link href={managed.seats.change} prefetch={false}>
              {words("changeSeats")}
            </Link>
          </Button>
        )}
      </div>
      <div className="-mx-3 mt-2 flex flex-wrap gap-x-1 empty:hidden">
        {overview.canOpenPortal && (
          <PortalForm variant="ghost" size="sm">
            {words("manage")}
          </PortalForm>
        )}
        {managed?.canPause && <PauseButton planName={plan.name} />}
        {managed?.cancellation && (
          <CancelButton
            planName={plan.name}
            {...managed.cancellation}
            isYearly={managed.interval === "year"}
            credits={credits}
            freeCreditsPerMonth={overview.freeCreditsPerMonth}
          />
        )}
      </div>
    </div>
  );
}

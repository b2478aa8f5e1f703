import { CalendarClock, CalendarX, CirclePause } from "lucide-react";
import { useTranslations } from "next-intl";
import { PlanForm } from "@/components/billing/plan-form";
import { useItemNames } from "@/components/billing/use-item-names";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import { keepPlanAction, unpausePlanAction } from "@/lib/actions/plan";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";

/** What waits for the end of the period, or for the user, and the way back, unless it is offered above. */
export function UpcomingChange({
  planName,
  plan,
  nextCharge,
  isUndoAbove,
}: {
  planName: string;
  plan: ManagedPlan;
  nextCharge?: React.ReactNode;
  isUndoAbove: boolean;
}) {
  const words = useTranslations("billing.upcoming");
  const { date } = useFormats();
  const mayGoBack = plan.block !== "closed";
  if (plan.isPaused) {
    return (
      <Row
        icon={<CirclePause aria-hidden />}
        text={words("paused", { interval: plan.interval })}
        costs={mayGoBack && nextCharge}
      >
        {mayGoBack && (
          <div id="resume">
            <PlanForm action={unpausePlanAction} label={words("resume")} size="sm" />
          </div>
        )}
      </Row>
    );
  }
  const canKeep = mayGoBack && !isUndoAbove;
  if (plan.endsAt) {
    return (
      <Row
        icon={<CalendarX aria-hidden />}
        text={words("ending", { plan: planName, date: date(plan.endsAt) })}
        costs={mayGoBack && nextCharge}
      >
        {canKeep && <PlanForm action={keepPlanAction} label={words("keep")} size="sm" />}
      </Row>
    );
  }
  if (plan.scheduled) {
    const label = plan.scheduled.isOtherPlan ? words("stay", { plan: planName }) : words("keepAsIs");
    return (
      <Row icon={<CalendarClock aria-hidden />} text={<Scheduled {...plan.scheduled} />}>
        {canKeep && <PlanForm action={keepPlanAction} label={label} size="sm" />}
      </Row>
    );
  }
  return null;
}

function Row({
  icon,
  text,
  costs,
  children,
}: {
  icon: React.ReactNode;
  text: React.ReactNode;
  costs?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <Notice tone="warning" icon={icon} className="mt-5 [&>svg]:mt-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72 py-1">
          <p>{text}</p>
          {costs && <p className="text-muted-foreground">{costs}</p>}
        </div>
        {children}
      </div>
    </Notice>
  );
}

function Scheduled({ at, items, totalCents, currency, interval }: NonNullable<ManagedPlan["scheduled"]>) {
  const words = useTranslations("billing.upcoming");
  const namesOf = useItemNames();
  const perInterval = usePerInterval();
  const { date } = useFormats();
  const price = perInterval(totalCents, currency, interval);
  return words("scheduled", { items: namesOf(items), price, date: date(at) });
}

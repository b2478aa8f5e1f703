import { CalendarClock, CalendarX, CirclePause } from "lucide-react";
import { itemNames } from "@/components/billing/item-names";
import { PlanForm } from "@/components/billing/plan-form";
import { Notice } from "@/components/ui/notice";
import { keepPlanAction, unpausePlanAction } from "@/lib/actions/plan";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";
import { formatDate, formatPerInterval } from "@/lib/format";

/** What waits for the end of the period, or for the user, and the way back. */
export function UpcomingChange({ planName, plan }: { planName: string; plan: ManagedPlan }) {
  const mayGoBack = plan.block !== "closed";
  if (plan.isPaused) {
    return (
      <Row
        icon={<CirclePause aria-hidden />}
        text={`Paused. Its credits are frozen and do not expire; nothing is charged. When it goes on, a new ${plan.interval} begins, less what was left of the paid one.`}
      >
        {mayGoBack && <PlanForm action={unpausePlanAction} label="Resume plan" size="sm" />}
      </Row>
    );
  }
  if (plan.endsAt) {
    return (
      <Row
        icon={<CalendarX aria-hidden />}
        text={`Cancelled. ${planName} and its credits stay until ${formatDate(plan.endsAt)}.`}
      >
        {mayGoBack && <PlanForm action={keepPlanAction} label="Keep my plan" size="sm" />}
      </Row>
    );
  }
  if (plan.scheduled) {
    return (
      <Row icon={<CalendarClock aria-hidden />} text={scheduledWords(plan.scheduled)}>
        {mayGoBack && <PlanForm action={keepPlanAction} label={`Stay with ${planName}`} size="sm" />}
      </Row>
    );
  }
  return null;
}

function Row({ icon, text, children }: { icon: React.ReactNode; text: string; children: React.ReactNode }) {
  return (
    <Notice tone="warning" icon={icon} className="mt-5 [&>svg]:mt-1.5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 py-1">{text}</p>
        {children}
      </div>
    </Notice>
  );
}

function scheduledWords({
  at,
  items,
  totalCents,
  currency,
  interval,
}: NonNullable<ManagedPlan["scheduled"]>) {
  return `Changes to ${itemNames(items)} for ${formatPerInterval(totalCents, currency, interval)} on ${formatDate(at)}.`;
}

import { CircleCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { ChangeCosts } from "@/components/billing/change-costs";
import { ChangeQuantities } from "@/components/billing/change-quantities";
import { PlanForm } from "@/components/billing/plan-form";
import { useItemNames } from "@/components/billing/use-item-names";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import { changePlanAction } from "@/lib/actions/plan";
import type { ChangeReview as Review } from "@/lib/billing/get-change-review";

/** All that a change does, and the one button that makes it. */
export function ChangeReview({ wanted, preview, now, items, replaces, ...costs }: Review) {
  const words = useTranslations("billing.change");
  const { date } = useFormats();
  const namesOf = useItemNames();
  const perInterval = usePerInterval();
  const confirm = useConfirm(preview);
  const { when, startsAt, token } = preview;
  const isCounted = items.some(({ maxQuantity }) => maxQuantity > 1);
  return (
    <>
      <dl className="space-y-4 text-sm">
        {now && (
          <div>
            <dt className="text-xs text-muted-foreground">{words("now")}</dt>
            <dd className="mt-1 flex justify-between gap-4 tabular-nums">
              {namesOf(now.items)}
              <span className="shrink-0">{perInterval(now.totalCents, now.currency, now.interval)}</span>
            </dd>
          </div>
        )}
        <div>
          <dt className="text-xs text-muted-foreground">
            {when === "period_end" ? words("from", { date: date(startsAt) }) : words("after")}
          </dt>
          <dd className="mt-1">
            <ChangeQuantities items={items} />
          </dd>
        </div>
      </dl>
      {when === "nothing" ? (
        <EmptyState
          icon={<CircleCheck aria-hidden />}
          title={words(isCounted ? "chooseTitle" : "nothingTitle")}
          action={
            <Button asChild variant="outline">
              <Link href="/dashboard/billing">{words("toBilling")}</Link>
            </Button>
          }
        >
          {words(isCounted ? "chooseText" : "nothingText")}
        </EmptyState>
      ) : (
        <>
          <ChangeCosts preview={preview} {...costs} />
          {replaces && (
            <Notice tone="warning" className="mt-5">
              {words("replaces", { date: date(replaces) })}
            </Notice>
          )}
          <div className="mt-6">
            <PlanForm
              key={token}
              action={changePlanAction.bind(null, wanted, token)}
              label={confirm}
              beside={
                <Button asChild variant="outline">
                  <Link href="/dashboard/billing">{words("leave")}</Link>
                </Button>
              }
            />
          </div>
        </>
      )}
    </>
  );
}

function useConfirm({ when, dueNowCents, currency, startsAt }: Review["preview"]): string {
  const words = useTranslations("billing.change");
  const { date, money } = useFormats();
  if (when === "period_end") return words("confirmOn", { date: date(startsAt) });
  return dueNowCents > 0
    ? words("confirmPay", { amount: money(dueNowCents, currency) })
    : words("confirmNow");
}

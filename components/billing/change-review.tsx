import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { ChangeCosts } from "@/components/billing/change-costs";
import { ChangeQuantities } from "@/components/billing/change-quantities";
import { itemNames } from "@/components/billing/item-names";
import { PlanForm } from "@/components/billing/plan-form";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { changePlanAction } from "@/lib/actions/plan";
import type { ChangeReview as Review } from "@/lib/billing/get-change-review";
import { formatDate, formatMoney, formatPerInterval } from "@/lib/format";

/** All that a change does, and the one button that makes it. */
export function ChangeReview({ wanted, preview, now, items, replaces, ...costs }: Review) {
  const { when, startsAt, dueNowCents, currency, token } = preview;
  const isCounted = items.some(({ maxQuantity }) => maxQuantity > 1);
  return (
    <>
      <dl className="space-y-4 text-sm">
        {now && (
          <div>
            <dt className="text-xs text-muted-foreground">Now</dt>
            <dd className="mt-1 flex justify-between gap-4 tabular-nums">
              {itemNames(now.items)}
              <span className="shrink-0">
                {formatPerInterval(now.totalCents, now.currency, now.interval)}
              </span>
            </dd>
          </div>
        )}
        <div>
          <dt className="text-xs text-muted-foreground">
            {when === "period_end" ? `From ${formatDate(startsAt)}` : "After the change"}
          </dt>
          <dd className="mt-1">
            <ChangeQuantities items={items} />
          </dd>
        </div>
      </dl>
      {when === "nothing" ? (
        <EmptyState
          icon={<CircleCheck aria-hidden />}
          title={isCounted ? "Choose how many" : "Nothing to change"}
          action={
            <Button asChild variant="outline">
              <Link href="/dashboard/billing">Back to Billing</Link>
            </Button>
          }
        >
          You have this, or it is planned already.{" "}
          {isCounted ? "Change the quantity above to see what that costs." : "Nothing is charged."}
        </EmptyState>
      ) : (
        <>
          <ChangeCosts preview={preview} {...costs} />
          {replaces && (
            <Notice tone="warning" className="mt-5">
              This takes the place of the change that was planned for {formatDate(replaces)}.
            </Notice>
          )}
          <div className="mt-6">
            <PlanForm
              key={token}
              action={changePlanAction.bind(null, wanted, token)}
              label={confirmLabel(when, dueNowCents, currency, startsAt)}
              beside={
                <Button asChild variant="outline">
                  <Link href="/dashboard/billing">Leave it as it is</Link>
                </Button>
              }
            />
          </div>
        </>
      )}
    </>
  );
}

function confirmLabel(
  when: "now" | "period_end",
  dueNowCents: number,
  currency: string,
  startsAt: string,
): string {
  if (when === "period_end") return `Change on ${formatDate(startsAt)}`;
  return dueNowCents > 0 ? `Pay ${formatMoney(dueNowCents, currency)} and change` : "Change now";
}

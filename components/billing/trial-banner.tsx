import { Hourglass } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { BillingOverview } from "@/lib/billing/get-overview";
import { countCredits, formatDate, formatPerInterval } from "@/lib/format";

/** How long the trial lasts, what comes after it, and the one thing to do. */
export function TrialBanner({ overview }: { overview: BillingOverview }) {
  const { trial, plan } = overview;
  if (!trial) return null;
  return (
    <Notice tone="neutral" icon={<Hourglass aria-hidden />} className="mb-6 [&>svg]:mt-1.5">
      <section aria-label="Trial" className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 py-1">
          <strong className="font-medium text-foreground">
            {trial.daysLeft === 1 ? "The last day" : `${trial.daysLeft} days left`} of your trial.
          </strong>{" "}
          {afterwards(overview, trial.endsAt)}
        </p>
        {(plan || overview.canBuy) && (
          <Button asChild size="sm" variant={plan ? "outline" : "primary"}>
            {plan ? (
              <Link href="/dashboard/billing">Manage plan</Link>
            ) : (
              <Link href="/pricing">Choose a plan</Link>
            )}
          </Button>
        )}
      </section>
    </Notice>
  );
}

function afterwards({ plan, freeCreditsPerMonth }: BillingOverview, endsAt: string): string {
  const at = formatDate(endsAt);
  if (plan?.endsAt) return `It ends on ${at}, and your ${plan.name} plan with it: nothing is charged.`;
  if (plan) {
    const price = formatPerInterval(plan.priceCents, plan.currency, plan.interval);
    return `On ${at} your ${plan.name} plan begins, with its first charge: ${price}.`;
  }
  const free = freeCreditsPerMonth > 0 ? ` with ${countCredits(freeCreditsPerMonth)} a month` : "";
  return `It ends on ${at}; then you have the free plan${free}. Nothing is charged.`;
}

import { Hourglass } from "lucide-react";
import { useTranslations } from "next-intl";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useFormats } from "@/components/use-formats";
import type { BillingOverview, Trial } from "@/lib/billing/get-overview";

/** How long the trial lasts, what comes after it, and the one thing to do. */
export function TrialBanner({ overview }: { overview: BillingOverview }) {
  const words = useTranslations("notices");
  const { trial, plan } = overview;
  if (!trial) return null;
  return (
    <Notice tone="neutral" icon={<Hourglass aria-hidden />} className="mb-6 [&>svg]:mt-1.5">
      <section aria-label={words("trial.label")} className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-72 py-1">
          <strong className="font-medium text-foreground">
            {words("trial.left", { days: trial.daysLeft })}
          </strong>{" "}
          <Afterwards overview={overview} trial={trial} />
        </p>
        {(plan || overview.canBuy) && (
          <Button asChild size="sm" variant={plan ? "outline" : "primary"}>
            {plan ? (
              <Link href="/dashboard/billing">{words("managePlan")}</Link>
            ) : (
              <Link href="/pricing">{words("choosePlan")}</Link>
            )}
          </Button>
        )}
      </section>
    </Notice>
  );
}

function Afterwards({ overview, trial }: { overview: BillingOverview; trial: Trial }) {
  const words = useTranslations("notices.trial");
  const perInterval = usePerInterval();
  const formats = useFormats();
  const { plan, freeCreditsPerMonth: credits } = overview;
  const date = formats.date(trial.endsAt);
  if (plan?.endsAt) return words("endsWithPlan", { date, plan: plan.name });
  if (plan) {
    const price = perInterval(plan.priceCents, plan.currency, plan.interval);
    return words("planBegins", { date, plan: plan.name, price });
  }
  return credits > 0 ? words("thenFree", { date, credits }) : words("thenNothing", { date });
}

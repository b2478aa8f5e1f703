import type { Metadata } from "next";
import Link from "next/link";
import { PlanCard } from "@/components/billing/plan-card";
import { TopUp } from "@/components/billing/top-up";
import { CreditBalance } from "@/components/credits/credit-balance";
import { RecentActivity } from "@/components/credits/recent-activity";
import { FirstSteps } from "@/components/onboarding/first-steps";
import { Panel } from "@/components/panel";
import { requireUser } from "@/lib/auth/get-user";
import { getPlanAndPricing } from "@/lib/billing/get-pricing";
import { getBalance } from "@/lib/credits/get-balance";
import { getHistory } from "@/lib/credits/get-history";
import { getFirstSteps } from "@/lib/onboarding/get-first-steps";
import { outcome } from "@/lib/outcome";

export const metadata: Metadata = { title: "Overview" };

export default async function OverviewPage() {
  await requireUser("/dashboard");
  const [firstSteps, balance, plan, history] = await Promise.all([
    outcome(getFirstSteps()),
    outcome(getBalance()),
    outcome(getPlanAndPricing()),
    outcome(getHistory(null, 5)),
  ]);
  return (
    <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
      {firstSteps.ok && firstSteps.data && (
        <div className="md:col-span-full">
          <FirstSteps {...firstSteps.data} />
        </div>
      )}
      <Panel title="Total credits" result={balance}>
        {(data) => (
          <CreditBalance
            balance={data}
            refill={plan.ok ? plan.data.overview.refill : null}
            frozenCredits={plan.ok ? plan.data.overview.frozenCredits : 0}
          />
        )}
      </Panel>
      <Panel title="Current plan" result={plan}>
        {(data) => <PlanCard {...data} />}
      </Panel>
      <div id="top-up" className="grid scroll-mt-20">
        <Panel title="Top-up permanent credits" hint="Bought once, they never expire." result={plan}>
          {({ pricing }) => <TopUp pricing={pricing} />}
        </Panel>
      </div>
      <Panel
        title="Recent activity"
        result={history}
        action={() => (
          <Link href="/dashboard/usage" className="text-[13px] text-muted-foreground hover:text-foreground">
            View all
          </Link>
        )}
      >
        {({ entries }) => <RecentActivity entries={entries} />}
      </Panel>
    </div>
  );
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "@/components/link";
import { FirstSteps } from "@/components/onboarding/first-steps";
import { Credits } from "@/components/overview/credits";
import { PeriodPanel } from "@/components/overview/period-panel";
import { PlanCard } from "@/components/overview/plan-card";
import { QuickActions } from "@/components/overview/quick-actions";
import { RecentActivity } from "@/components/overview/recent-activity";
import { TopUp } from "@/components/overview/top-up";
import { UsageCards } from "@/components/overview/usage-cards";
import { Panel } from "@/components/panel";
import { requireUser } from "@/lib/auth/get-user";
import { getPricing } from "@/lib/billing/get-pricing";
import { getHistory } from "@/lib/credits/get-history";
import { getLimits } from "@/lib/credits/get-limits";
import { getPeriodUsage } from "@/lib/credits/get-period-usage";
import { getFirstSteps } from "@/lib/onboarding/get-first-steps";
import { outcome } from "@/lib/outcome";
import { getCredits } from "@/lib/overview/get-credits";
import { getPlanCard } from "@/lib/overview/get-plan-card";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("overview"))("title") };
}

export default async function OverviewPage() {
  await requireUser("/dashboard");
  const [t, firstSteps, credits, plan, pricing, usage, limits, history] = await Promise.all([
    getTranslations("overview.panel"),
    outcome(getFirstSteps()),
    outcome(getCredits()),
    outcome(getPlanCard()),
    outcome(getPricing()),
    outcome(getPeriodUsage()),
    outcome(getLimits()),
    outcome(getHistory(null, 5)),
  ]);
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
      {firstSteps.ok && firstSteps.data && (
        <div className="lg:col-span-full">
          <FirstSteps {...firstSteps.data} />
        </div>
      )}
      <Panel title={t("credits")} result={credits} className="lg:col-span-2">
        {(data) => <Credits credits={data} />}
      </Panel>
      <Panel title={t("plan")} result={plan} className="flex flex-col">
        {(data) => <PlanCard {...data} />}
      </Panel>
      <div className="lg:col-span-full">
        <QuickActions more={credits.ok ? credits.data.more : null} />
      </div>
      <UsageCards usage={usage} limits={limits} />
      <div id="top-up" className="grid scroll-mt-20 lg:col-span-2">
        <TopUp pricing={pricing} />
      </div>
      <div className="flex flex-col gap-4 [&>:last-child]:flex-1">
        {usage.ok && usage.data?.uses === 0 && <PeriodPanel usage={usage} />}
        <Panel
          title={t("recent")}
          result={history}
          action={() => (
            <Link
              href="/dashboard/usage"
              className="text-caption text-muted-foreground hover:text-foreground"
            >
              {t("viewAll")}
            </Link>
          )}
        >
          {({ entries }) => <RecentActivity entries={entries} />}
        </Panel>
      </div>
    </div>
  );
}

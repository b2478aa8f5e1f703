import "server-only";
import { getManagedPlan, type ManagedPlan } from "@/lib/billing/get-managed-plan";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import { getSubscription } from "@/lib/billing/get-subscription";
import { isReached, type PlanGoal } from "@/lib/billing/plan-goal";

export type PlanPanel = {
  overview: BillingOverview;
  pricing: Pricing;
  /** Null without a subscription. */
  managed: ManagedPlan | null;
  /** What was just done, and whether its webhook has been applied. */
  news: { goal: PlanGoal["is"]; isReached: boolean } | null;
};

/** The plan, what can be done with it, and how far the last act on it is. */
export async function getPlanPanel(goal: PlanGoal | null): Promise<PlanPanel> {
  const [overview, pricing, managed, subscription] = await Promise.all([
    getOverview(),
    getPricing(),
    getManagedPlan(),
    getSubscription(),
  ]);
  const news = goal && { goal: goal.is, isReached: await isReached(goal, subscription) };
  return { overview, pricing, managed, news };
}

import "server-only";
import { getManagedPlan, type ManagedPlan } from "@/lib/billing/get-managed-plan";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import { getSubscription, type SubscriptionDetails } from "@/lib/billing/get-subscription";
import { isReached, type PlanGoal } from "@/lib/billing/plan-goal";
import { sumItems } from "@/lib/billing/sum-items";

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
  const isSettled = isOneMoment(overview.plan, subscription);
  const news = goal && { goal: goal.is, isReached: isSettled && (await isReached(goal, subscription)) };
  return { overview, pricing, managed, news };
}

/** They are read side by side: a webhook that comes in between leaves one of them behind until the next look. */
function isOneMoment(plan: BillingOverview["plan"], subscription: SubscriptionDetails | null): boolean {
  if (!plan || !subscription) return !plan && !subscription;
  return (
    plan.priceCents === sumItems(subscription.items)?.totalCents &&
    plan.endsAt === subscription.endsAt &&
    (plan.status === "paused") === (subscription.status === "paused")
  );
}

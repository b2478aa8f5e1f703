import "server-only";
import { getManagedPlan, type ManagedPlan } from "@/lib/billing/get-managed-plan";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import { getSubscription, type SubscriptionDetails } from "@/lib/billing/get-subscription";
import { isReached, type PlanGoal } from "@/lib/billing/plan-goal";
import { sumItems } from "@/lib/billing/sum-items";
import { type Balance, getBalance } from "@/lib/credits/get-balance";

export type PlanPanel = {
  overview: BillingOverview;
  pricing: Pricing;
  /** Null without a subscription. */
  managed: ManagedPlan | null;
  /** What is there now, of which a cancellation says what stays. */
  credits: Pick<Balance, "subscription" | "permanent" | "promotional">;
  /** What was just done, and whether its webhook has been applied. */
  news: { goal: PlanGoal["is"]; isReached: boolean } | null;
};

/** The plan, what can be done with it, and how far the last act on it is. */
export async function getPlanPanel(goal: PlanGoal | null): Promise<PlanPanel> {
  const [overview, pricing, managed, subscription, balance] = await Promise.all([
    getOverview(),
    getPricing(),
    getManagedPlan(),
    getSubscription(),
    getBalance(),
  ]);
  const isSettled = isOneMoment(overview.plan, subscription);
  const news = goal && { goal: goal.is, isReached: isSettled && (await isReached(goal, subscription)) };
  const { subscription: ofPlan, permanent, promotional } = balance;
  return { overview, pricing, managed, credits: { subscription: ofPlan, permanent, promotional }, news };
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

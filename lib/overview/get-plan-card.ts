import "server-only";
import { getCatalog } from "@/lib/billing/get-catalog";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";

export type PlanCardData = {
  overview: BillingOverview;
  pricing: Pricing;
  /** How much is left of the trial under way, of 1; null without one. */
  trialShare: number | null;
};

/** Which plan is there, and what else could be? */
export async function getPlanCard(): Promise<PlanCardData> {
  const [overview, pricing, catalog] = await Promise.all([getOverview(), getPricing(), getCatalog()]);
  const { trial } = overview;
  const terms = trial && catalog.plans.find(({ key }) => key === trial.planKey)?.trial;
  // An owner may have made it longer than the catalog says.
  const trialShare = trial && terms ? Math.min(trial.daysLeft / terms.days, 1) : null;
  return { overview, pricing, trialShare };
}

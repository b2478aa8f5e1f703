import type { BillingOverview } from "@/lib/billing/get-overview";

/** Who had a plan is told that it is over, before being offered one. */
export function noPlanWords({ endedPlan }: Pick<BillingOverview, "endedPlan">): string {
  const offer = "Subscribe to unlock premium features and get monthly credits.";
  return endedPlan ? `Your ${endedPlan} plan has ended. ${offer}` : offer;
}

import type { BillingOverview } from "@/lib/billing/get-overview";

/** Who had a plan is told that it is over, before being offered one, if any is. */
export function noPlanWords({ endedPlan, canBuy }: Pick<BillingOverview, "endedPlan" | "canBuy">): string {
  const offer = canBuy
    ? "Subscribe to unlock premium features and get monthly credits."
    : "Plans cannot be bought at the moment. Your credits stay.";
  return endedPlan ? `Your ${endedPlan} plan has ended. ${offer}` : offer;
}

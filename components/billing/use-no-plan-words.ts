import { useTranslations } from "next-intl";
import type { BillingOverview } from "@/lib/billing/get-overview";

/** Who had a plan is told that it is over, before being offered one, if any is. */
export function useNoPlanWords({ endedPlan, canBuy }: Pick<BillingOverview, "endedPlan" | "canBuy">): string {
  const words = useTranslations("billing.plan");
  if (endedPlan) return words(canBuy ? "endedSubscribe" : "endedClosed", { plan: endedPlan });
  return words(canBuy ? "subscribe" : "closed");
}

import "server-only";
import type { Route } from "next";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getBalance } from "@/lib/credits/get-balance";

/** Less than this share of what a month, or the trial, brings is little. */
const LOW_SHARE = 0.2;

export type UsageIndicatorData = {
  credits: number;
  /** By kind, in the order in which they are spent. */
  kinds: { kind: "promotional" | "subscription" | "permanent"; credits: number }[];
  /** What a full bar is: a month's credits, those of a trial, or more where there are more. */
  full: number;
  level: "enough" | "low" | "none";
  /** Where more can be had: packs, a plan, or first what is open of the plan; null where nothing is sold. */
  more: { is: "packs" | "plans" | "plan"; href: Route } | null;
};

/** What remains to the signed-in user, and where is more? Of two reads that the page below shares. */
export async function getUsageIndicator(): Promise<UsageIndicatorData> {
  const [balance, overview] = await Promise.all([getBalance(), getOverview()]);
  const { total, promotional, subscription, permanent } = balance;
  const { plan, trial } = overview;
  const brought = plan?.creditsPerMonth ?? trial?.credits ?? overview.freeCreditsPerMonth;
  return {
    credits: total,
    kinds: [
      { kind: "promotional", credits: promotional },
      { kind: "subscription", credits: subscription },
      { kind: "permanent", credits: permanent },
    ],
    full: Math.max(brought, total),
    level: total <= 0 ? "none" : total < brought * LOW_SHARE ? "low" : "enough",
    more: wayToMore(overview),
  };
}

function wayToMore({ canBuy, canTopUp, plan }: BillingOverview): UsageIndicatorData["more"] {
  if (!canBuy) return null;
  if (canTopUp) return { is: "packs", href: "/dashboard#top-up" };
  return plan?.isOnHold ? { is: "plan", href: "/dashboard/billing" } : { is: "plans", href: "/pricing" };
}

import "server-only";
import { getOverview, type Refill } from "@/lib/billing/get-overview";
import { type Balance, getBalance } from "@/lib/credits/get-balance";
import { getUsageIndicator, type UsageIndicatorData } from "@/lib/credits/get-usage-indicator";
import { outcome } from "@/lib/outcome";
import { getOutlook, type Outlook } from "@/lib/overview/get-outlook";

export type CreditPart = {
  kind: "promotional" | "subscription" | "permanent" | "held" | "frozen";
  credits: number;
  endsAt: string | null;
};

export type Credits = {
  /** What can be spent: without what is held and frozen. */
  total: number;
  /** In the order in which they are spent, then what cannot be spent now. */
  parts: CreditPart[];
  /** The next credits to go within a week; `lost` at the present pace, null where there is none. */
  expiry: { credits: number; at: string; lost: number | null } | null;
  level: UsageIndicatorData["level"];
  more: UsageIndicatorData["more"];
  /** Credits that come by themselves. */
  refill: Refill | null;
  outlook: Outlook | null;
  asOf: string;
};

/** What does the signed-in user have, of which kinds, and how long? The forecast may fail alone. */
export async function getCredits(): Promise<Credits> {
  const [balance, overview, { level, more }, forecast] = await Promise.all([
    getBalance(),
    getOverview(),
    getUsageIndicator(),
    outcome(getOutlook()),
  ]);
  const { total, expiresSoon, asOf } = balance;
  const outlook = forecast.ok ? forecast.data : null;
  return {
    ...{ total, level, more, asOf },
    parts: parts(balance, overview.frozenCredits),
    expiry: expiresSoon && { ...expiresSoon, lost: outlook?.nextLost ?? null },
    refill: overview.refill,
    outlook: total > 0 ? outlook : null,
  };
}

function parts(balance: Balance, frozen: number): CreditPart[] {
  return [
    { kind: "promotional", credits: balance.promotional, endsAt: null },
    { kind: "subscription", credits: balance.subscription, endsAt: balance.subscriptionEndsAt },
    { kind: "permanent", credits: balance.permanent, endsAt: null },
    { kind: "held", credits: balance.held, endsAt: null },
    { kind: "frozen", credits: frozen, endsAt: null },
  ];
}

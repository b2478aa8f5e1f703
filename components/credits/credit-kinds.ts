import type { Balance } from "@/lib/credits/get-balance";
import { formatDate } from "@/lib/format";

type CreditKind = { label: string; credits: number; note: string; colour: string };

/** The kinds in the order in which they are spent, each with its colour everywhere. */
export function creditKinds(balance: Balance): CreditKind[] {
  const until = balance.subscriptionEndsAt;
  return [
    {
      label: "Promotional",
      credits: balance.promotional,
      note: "free and bonus credits",
      colour: "bg-promotional",
    },
    {
      label: "Subscription",
      credits: balance.subscription,
      note: until ? `expires ${formatDate(until)}` : "from your plan",
      colour: "bg-subscription",
    },
    { label: "Permanent", credits: balance.permanent, note: "no expiry", colour: "bg-permanent" },
  ];
}

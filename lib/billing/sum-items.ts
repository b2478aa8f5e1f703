import "server-only";
import type { SubscriptionItem } from "@/lib/billing/get-subscription";

/** A plan with its add-ons, what they cost together as the catalog has them, and what they bring. */
export type ItemSum = {
  items: SubscriptionItem[];
  totalCents: number;
  creditsPerMonth: number;
  currency: string;
  interval: SubscriptionItem["interval"];
};

/** Null without a plan: what is bought beside one has its interval and its currency. */
export function sumItems(items: SubscriptionItem[]): ItemSum | null {
  const plan = planItem(items);
  if (!plan) return null;
  const totalOf = (each: "priceCents" | "creditsPerMonth") =>
    items.reduce((sum, item) => sum + item[each] * item.quantity, 0);
  return {
    items,
    totalCents: totalOf("priceCents"),
    creditsPerMonth: totalOf("creditsPerMonth"),
    currency: plan.currency,
    interval: plan.interval,
  };
}

export function planItem(items: SubscriptionItem[]): SubscriptionItem | undefined {
  return items.find(({ isAddOn }) => !isAddOn);
}

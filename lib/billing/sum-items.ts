import "server-only";
import type { SubscriptionItem } from "@/lib/billing/get-subscription";

/** A plan with its add-ons, and what they cost together as the catalog has them. */
export type ItemSum = {
  items: SubscriptionItem[];
  totalCents: number;
  currency: string;
  interval: SubscriptionItem["interval"];
};

/** Null without a plan: what is bought beside one has its interval and its currency. */
export function sumItems(items: SubscriptionItem[]): ItemSum | null {
  const plan = planItem(items);
  if (!plan) return null;
  const totalCents = items.reduce((sum, { priceCents, quantity }) => sum + priceCents * quantity, 0);
  return { items, totalCents, currency: plan.currency, interval: plan.interval };
}

export function planItem(items: SubscriptionItem[]): SubscriptionItem | undefined {
  return items.find(({ isAddOn }) => !isAddOn);
}

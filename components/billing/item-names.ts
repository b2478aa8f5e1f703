import type { SubscriptionItem } from "@/lib/billing/get-subscription";

/** "Professional, Extra messages × 2". */
export function itemNames(items: Pick<SubscriptionItem, "name" | "quantity">[]): string {
  return items.map(({ name, quantity }) => (quantity > 1 ? `${name} × ${quantity}` : name)).join(", ");
}

import type { SubscriptionItem } from "@/lib/billing/get-subscription";

/** "Professional with 3 seats, Extra messages × 2". */
export function itemNames(items: Named[]): string {
  return items.map(nameOf).join(", ");
}

type Named = Pick<SubscriptionItem, "name" | "quantity" | "isAddOn" | "maxQuantity">;

function nameOf({ name, quantity, isAddOn, maxQuantity }: Named): string {
  if (!isAddOn && maxQuantity > 1) return `${name} with ${quantity} ${quantity === 1 ? "seat" : "seats"}`;
  return quantity > 1 ? `${name} × ${quantity}` : name;
}

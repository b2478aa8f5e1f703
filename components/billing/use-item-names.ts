import { useTranslations } from "next-intl";
import type { SubscriptionItem } from "@/lib/billing/get-subscription";

type Named = Pick<SubscriptionItem, "name" | "quantity" | "isAddOn" | "maxQuantity">;

/** "Professional with 3 seats, Extra messages × 2". */
export function useItemNames() {
  const words = useTranslations("billing.items");
  const nameOf = ({ name, quantity: count, isAddOn, maxQuantity }: Named) => {
    if (!isAddOn && maxQuantity > 1) return words("seats", { name, count });
    return count > 1 ? words("pieces", { name, count }) : name;
  };
  return (items: Named[]) => items.map(nameOf).join(", ");
}

import "server-only";
import type { Catalog, Plan, Price } from "@/lib/billing/get-catalog";
import type { SubscriptionDetails, SubscriptionItem } from "@/lib/billing/get-subscription";
import { planItem } from "@/lib/billing/sum-items";
import type { WantedPlan } from "@/lib/billing/wanted-plan";

type Subscribed = Pick<SubscriptionDetails, "items">;

/** The wish for everything to stay. */
export function wantedOf(items: SubscriptionItem[]): WantedPlan {
  const plan = planItem(items);
  return {
    plan: plan?.lookupKey ?? "",
    quantity: plan?.quantity ?? 1,
    add_ons: Object.fromEntries(
      items.filter(({ isAddOn }) => isAddOn).map(({ lookupKey, quantity }) => [lookupKey, quantity]),
    ),
  };
}

/** Another plan or interval: seats stay as far as it has them, and each add-on as far as it is sold beside it. */
export function withPrice(
  { items }: Subscribed,
  { addOns }: Pick<Catalog, "addOns">,
  price: Price,
  maxQuantity: number,
): WantedPlan {
  const now = wantedOf(items);
  const kept = Object.entries(now.add_ons).flatMap(([lookupKey, quantity]) => {
    const sold = addOns.find(({ prices }) => prices.some((one) => one.lookupKey === lookupKey));
    const beside = sold && priceBeside(sold, price);
    return beside ? [[beside.lookupKey, quantity]] : [];
  });
  return {
    plan: price.lookupKey,
    quantity: Math.min(now.quantity, maxQuantity),
    add_ons: Object.fromEntries(kept),
  };
}

/** So many pieces of an add-on, or none. */
export function withAddOn(wanted: WantedPlan, lookupKey: string, quantity: number): WantedPlan {
  const { [lookupKey]: _, ...others } = wanted.add_ons;
  return { ...wanted, add_ons: quantity > 0 ? { ...others, [lookupKey]: quantity } : others };
}

/** What is bought together is charged together: one interval, one currency. */
export function priceBeside(
  { prices }: Plan,
  { interval, currency }: Pick<Price, "interval" | "currency">,
): Price | undefined {
  return prices.find((price) => price.interval === interval && price.currency === currency);
}

export function isWanted(items: SubscriptionItem[], wanted: WantedPlan): boolean {
  const now = wantedOf(items);
  const keys = Object.keys(now.add_ons);
  return (
    now.plan === wanted.plan &&
    now.quantity === wanted.quantity &&
    keys.length === Object.keys(wanted.add_ons).length &&
    keys.every((key) => now.add_ons[key] === wanted.add_ons[key])
  );
}

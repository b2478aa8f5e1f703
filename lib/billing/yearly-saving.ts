import "server-only";
import type { Catalog, Price } from "@/lib/billing/get-catalog";
import type { WantedPlan } from "@/lib/billing/wanted-plan";

export type Saving = { cents: number; percent: number };

/** What a year costs less than twelve months of the same; null where it does not. */
export function yearlySaving(price: Price, prices: Price[]): Saving | null {
  return savingOn([{ price, prices, quantity: 1 }]);
}

/** The same for a plan with all its seats and add-ons. */
export function savingOfAll(
  wanted: WantedPlan,
  { plans, addOns }: Pick<Catalog, "plans" | "addOns">,
): Saving | null {
  const quantities = new Map([[wanted.plan, wanted.quantity], ...Object.entries(wanted.add_ons)]);
  return savingOn(
    [...plans, ...addOns].flatMap(({ prices }) =>
      prices.map((price) => ({ price, prices, quantity: quantities.get(price.lookupKey) ?? 0 })),
    ),
  );
}

function savingOn(bought: { price: Price; prices: Price[]; quantity: number }[]): Saving | null {
  let months = 0;
  let cents = 0;
  for (const { price, prices, quantity } of bought) {
    const monthly = prices.find(
      ({ interval, currency }) => interval === "month" && currency === price.currency,
    );
    if (price.interval !== "year" || !monthly) continue;
    months += 12 * monthly.priceCents * quantity;
    cents += (12 * monthly.priceCents - price.priceCents) * quantity;
  }
  const percent = percentLess(months - cents, months);
  return percent === null ? null : { cents, percent };
}

/** By how many whole percent this is less than that; null where it is not less. */
export function percentLess(price: number, than: number): number | null {
  return price < than ? Math.round((100 * (than - price)) / than) : null;
}

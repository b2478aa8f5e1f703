import "server-only";
import type { Price } from "@/lib/billing/get-catalog";

export type Saving = { cents: number; percent: number };

/** What a year costs less than twelve months of the same; null where it does not. */
export function yearlySaving(price: Price, prices: Price[]): Saving | null {
  const monthly = prices.find(
    ({ interval, currency }) => interval === "month" && currency === price.currency,
  );
  if (price.interval !== "year" || !monthly) return null;
  const months = 12 * monthly.priceCents;
  const cents = months - price.priceCents;
  return cents > 0 ? { cents, percent: Math.round((100 * cents) / months) } : null;
}

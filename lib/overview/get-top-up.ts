import "server-only";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import type { PricedPack } from "@/lib/billing/price-packs";

export type TopUpPack = PricedPack & { isBestValue: boolean };
export type TopUpData = {
  pricing: Pricing;
  packs: TopUpPack[];
  /** None of them expires. */
  isForever: boolean;
};

/** Which packs are there, and which of them gives the most for the money? */
export async function getTopUp(): Promise<TopUpData> {
  const pricing = await getPricing();
  const { packs } = pricing;
  const most = Math.max(...packs.map(({ savedPercent }) => savedPercent ?? 0));
  return {
    pricing,
    isForever: packs.every(({ expiresAfterDays }) => expiresAfterDays === null),
    packs: packs.map((pack) => ({ ...pack, isBestValue: most > 0 && pack.savedPercent === most })),
  };
}

import "server-only";
import type { Pack, SoldPack } from "@/lib/billing/get-catalog";
import { percentLess } from "@/lib/billing/yearly-saving";

/** `needs_plan` and `on_hold`: it is sold to who has a plan, and to whose plan is paid and goes on. */
type PackState = "available" | "sign-up" | "needs_plan" | "on_hold";

export type PricedPack = Pack & {
  state: PackState;
  per100Cents: number;
  /** Less per credit than the dearest; null where it is not. */
  savedPercent: number | null;
  expiresAfterDays: number | null;
  /** None gives more for the money, and some give less. */
  isBestValue: boolean;
};

type PackBuyer = { isSignedIn: boolean; hasPlan: boolean; isOnHold: boolean };

/** Each with what a credit costs in it, and whether this visitor may buy it. */
export function pricePacks(packs: SoldPack[], buyer: PackBuyer): PricedPack[] {
  const rate = ({ priceCents, credits }: Pack) => (100 * priceCents) / credits;
  const rates = packs.map(rate);
  const [dearest, cheapest] = [Math.max(...rates), Math.min(...rates)];
  return packs.map(({ needsPlan, refund: _, ...pack }) => ({
    ...pack,
    state: packState(needsPlan, buyer),
    per100Cents: Math.round(rate(pack)),
    savedPercent: percentLess(rate(pack), dearest),
    isBestValue: rate(pack) === cheapest && cheapest < dearest,
  }));
}

function packState(needsPlan: boolean, { isSignedIn, hasPlan, isOnHold }: PackBuyer): PackState {
  if (!needsPlan) return isSignedIn ? "available" : "sign-up";
  if (isOnHold) return "on_hold";
  return hasPlan ? "available" : "needs_plan";
}

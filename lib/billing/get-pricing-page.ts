import "server-only";
import { randomUUID } from "node:crypto";
import { type Answer, getAnswers } from "@/lib/billing/get-answers";
import { getCatalog, type Pack, type Plan, type SoldPack } from "@/lib/billing/get-catalog";
import { type Comparison, getComparison } from "@/lib/billing/get-comparison";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";
import { percentLess } from "@/lib/billing/yearly-saving";

/** `needs_plan` and `on_hold`: it is sold to who has a plan, and to whose plan is paid and goes on. */
type PackState = "available" | "sign-up" | "needs_plan" | "on_hold";

export type PricedPack = Pack & {
  state: PackState;
  per100Cents: number;
  /** Less per credit than the dearest; null where it is not. */
  savedPercent: number | null;
  expiresAfterDays: number | null;
};

export type PricedAddOn = Pick<Plan, "key" | "name" | "description" | "maxQuantity"> & {
  price: Plan["prices"][number];
};

export type PricingPage = {
  pricing: Pricing;
  packs: PricedPack[];
  addOns: PricedAddOn[];
  /** The plans that have seats. */
  withSeats: string[];
  comparison: Comparison;
  answers: Answer[];
  /** One per showing of the contact form. */
  formId: string;
};

/** What is there to know before buying? */
export async function getPricingPage(): Promise<PricingPage> {
  const catalog = await getCatalog();
  const [pricing, comparison, answers] = await Promise.all([
    getPricing(),
    getComparison(catalog.plans, catalog.addOns),
    getAnswers(catalog),
  ]);
  return {
    pricing,
    packs: pricing.canBuy ? pricePacks(catalog.packs, pricing) : [],
    addOns: pricing.canBuy ? catalog.addOns.flatMap(priceAddOn) : [],
    withSeats: catalog.plans.filter(({ maxQuantity }) => maxQuantity > 1).map(({ name }) => name),
    comparison,
    answers,
    formId: randomUUID(),
  };
}

export function packState({ needsPlan }: Pick<SoldPack, "needsPlan">, pricing: Pricing): PackState {
  const isSignedIn = pricing.plans.every(({ state }) => state !== "sign-up");
  if (!needsPlan) return isSignedIn ? "available" : "sign-up";
  if (pricing.isOnHold) return "on_hold";
  return pricing.hasPlan ? "available" : "needs_plan";
}

/** Each with what a credit costs in it. */
export function pricePacks(packs: SoldPack[], pricing: Pricing): PricedPack[] {
  const rate = ({ priceCents, credits }: Pack) => (100 * priceCents) / credits;
  const dearest = Math.max(...packs.map(rate));
  return packs.map(({ needsPlan, refund: _, ...pack }) => ({
    ...pack,
    state: packState({ needsPlan }, pricing),
    per100Cents: Math.round(rate(pack)),
    savedPercent: percentLess(rate(pack), dearest),
  }));
}

/** As it is shown beside plans by the month; what is sold by the year alone is shown so. */
function priceAddOn({ key, name, description, maxQuantity, prices }: Plan): PricedAddOn[] {
  const price = prices.find(({ interval }) => interval === "month") ?? prices[0];
  return price ? [{ key, name, description, maxQuantity, price }] : [];
}

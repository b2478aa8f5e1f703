import "server-only";
import { randomUUID } from "node:crypto";
import { type Answer, getAnswers } from "@/lib/billing/get-answers";
import { getCatalog, type Plan } from "@/lib/billing/get-catalog";
import { type Comparison, getComparison } from "@/lib/billing/get-comparison";
import { getPricing, type Pricing } from "@/lib/billing/get-pricing";

export type PricedAddOn = Pick<Plan, "key" | "name" | "description" | "maxQuantity"> & {
  price: Plan["prices"][number];
};

export type PricingPage = {
  pricing: Pricing;
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
    addOns: pricing.canBuy ? catalog.addOns.flatMap(priceAddOn) : [],
    withSeats: catalog.plans.filter(({ maxQuantity }) => maxQuantity > 1).map(({ name }) => name),
    comparison,
    answers,
    formId: randomUUID(),
  };
}

/** As it is shown beside plans by the month; what is sold by the year alone is shown so. */
function priceAddOn({ key, name, description, maxQuantity, prices }: Plan): PricedAddOn[] {
  const price = prices.find(({ interval }) => interval === "month") ?? prices[0];
  return price ? [{ key, name, description, maxQuantity, price }] : [];
}

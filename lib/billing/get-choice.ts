import "server-only";
import type { Route } from "next";
import { getWholeCatalog, type SoldPack } from "@/lib/billing/get-catalog";
import { getPricing, type OfferState, type Pricing } from "@/lib/billing/get-pricing";

/** Why a choice leads nowhere; each is told kindly, with what is possible instead. */
export type ChoiceRefusal =
  | "gone"
  | "closed"
  | "current"
  | "next"
  | "blocked"
  | "needsPlan"
  | "tried"
  | "noTrial";

export type Choice =
  | { is: "checkout"; name: string; lookupKey: string; intent: string }
  | { is: "change"; to: Route }
  | { is: "trial"; name: string; days: number; credits: number }
  | { is: "refused"; why: ChoiceRefusal; name: string };

/** What becomes of what a visitor chose, now that they are signed in? The address may say anything. */
export async function getChoice(query: { offer?: unknown; trial?: unknown }): Promise<Choice> {
  const [pricing, { plans, packs }] = await Promise.all([getPricing(), getWholeCatalog()]);
  if (!pricing.canBuy) return refused("closed");
  if (query.trial !== undefined) return chooseTrial(query.trial, pricing);
  for (const plan of plans) {
    const price = plan.prices.find(({ lookupKey }) => lookupKey === query.offer);
    if (price) return choosePlan(plan.key, price.interval, pricing);
  }
  const pack = packs.find(({ lookupKey }) => lookupKey === query.offer);
  return pack ? choosePack(pack, pricing) : refused("gone");
}

function chooseTrial(key: unknown, pricing: Pricing): Choice {
  const plan = pricing.plans.find((one) => one.key === key);
  if (!plan) return refused("gone");
  if (plan.trial) return { is: "trial", name: plan.name, ...plan.trial };
  return refused(pricing.trial ? "tried" : "noTrial", plan.name);
}

/** In the account's own currency, whatever the visitor saw before. */
function choosePlan(key: string, interval: string, { plans, intent }: Pricing): Choice {
  const plan = plans.find((one) => one.key === key);
  const offer = plan?.offers.find((one) => one.interval === interval);
  if (!plan || !offer) return refused("gone");
  if (offer.changeTo) return { is: "change", to: offer.changeTo };
  if (offer.state === "available")
    return { is: "checkout", name: plan.name, lookupKey: offer.lookupKey, intent };
  return refused(whyNot[offer.state] ?? "gone", plan.name);
}

const whyNot: Partial<Record<OfferState, ChoiceRefusal>> = {
  current: "current",
  next: "next",
  blocked: "blocked",
  closed: "closed",
};

function choosePack(chosen: SoldPack, pricing: Pricing): Choice {
  const pack =
    pricing.packs.find(({ lookupKey }) => lookupKey === chosen.lookupKey) ??
    pricing.packs.find(({ credits }) => credits === chosen.credits);
  if (!pack) return refused("gone");
  const { name, lookupKey, state } = pack;
  if (state === "available") return { is: "checkout", name, lookupKey, intent: pricing.intent };
  return refused(state === "on_hold" ? "blocked" : "needsPlan", name);
}

const refused = (why: ChoiceRefusal, name = ""): Choice => ({ is: "refused", why, name });

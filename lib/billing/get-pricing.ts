import "server-only";
import { randomUUID } from "node:crypto";
import { getUser } from "@/lib/auth/get-user";
import { getCatalog, type Pack, type Plan, type Price } from "@/lib/billing/get-catalog";
import { type ActivePlan, getOverview } from "@/lib/billing/get-overview";

/** What the button under a plan does for this visitor; `later`: once the plan of now has ended. */
export type OfferState = "current" | "available" | "later" | "sign-up";

type Offer = {
  interval: "month" | "year";
  lookupKey: string;
  currency: string;
  perMonthCents: number;
  billedCents: number;
  savedPercent: number;
  state: OfferState;
};

export type PricedPlan = Omit<Plan, "prices"> & { offers: Offer[]; state: OfferState };

/** A plan is not exchanged for another: it ends, then another is bought. `endsAt` is set once it is cancelled. */
export type Occupied = { planName: string; endsAt: string | null; paidUntil: string | null };

export type Pricing = {
  plans: PricedPlan[];
  packs: Pack[];
  canTopUp: boolean;
  /** There is a plan, but it is paused or unpaid. */
  isOnHold: boolean;
  /** What must end before another plan can be chosen. */
  occupied: Occupied | null;
  /** One per showing of the offers: two clicks on one button are one checkout. */
  intent: string;
};

/** What can this visitor, signed in or not, buy? */
export async function getPricing(): Promise<Pricing> {
  const user = await getUser();
  const [catalog, overview] = await Promise.all([getCatalog(), user ? getOverview() : null]);
  const visitor: Visitor = { isSignedIn: user !== null, plan: overview?.plan ?? null };
  return {
    plans: catalog.plans.map((plan) => pricePlan(plan, visitor)),
    packs: catalog.packs,
    canTopUp: overview?.canTopUp ?? false,
    isOnHold: visitor.plan?.isOnHold ?? false,
    occupied: visitor.plan && occupied(visitor.plan),
    intent: randomUUID(),
  };
}

/** For the panels that show the plan beside what else is on offer. */
export async function getPlanAndPricing() {
  const [overview, pricing] = await Promise.all([getOverview(), getPricing()]);
  return { overview, pricing };
}

function occupied({ name, endsAt, renewsAt }: ActivePlan): Occupied {
  return { planName: name, endsAt, paidUntil: renewsAt };
}

type Visitor = { isSignedIn: boolean; plan: ActivePlan | null };

function pricePlan({ prices, ...plan }: Plan, visitor: Visitor): PricedPlan {
  const monthly = prices.find((price) => price.interval === "month");
  return {
    ...plan,
    state: planState(plan.key, plan.isFree, visitor),
    offers: prices.map((price) => ({
      interval: price.interval,
      lookupKey: price.lookupKey,
      currency: price.currency,
      perMonthCents: price.interval === "year" ? Math.round(price.priceCents / 12) : price.priceCents,
      billedCents: price.priceCents,
      savedPercent: savedPercent(price, monthly),
      state: offerState(price.lookupKey, visitor),
    })),
  };
}

function planState(key: string, isFree: boolean, { isSignedIn, plan }: Visitor): OfferState {
  if (!isSignedIn) return "sign-up";
  if (isFree) return plan ? "later" : "current";
  if (plan?.key === key) return "current";
  return plan ? "later" : "available";
}

function offerState(lookupKey: string, { isSignedIn, plan }: Visitor): OfferState {
  if (!isSignedIn) return "sign-up";
  if (!plan) return "available";
  return plan.lookupKey === lookupKey ? "current" : "later";
}

function savedPercent(price: Price, monthly: Price | undefined): number {
  if (price.interval !== "year" || !monthly || monthly.currency !== price.currency) return 0;
  return Math.round(100 - (100 * price.priceCents) / (12 * monthly.priceCents));
}

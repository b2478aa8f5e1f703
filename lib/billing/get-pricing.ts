import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { getUser } from "@/lib/auth/get-user";
import { getCatalog, Pack, Plan, type Price } from "@/lib/billing/get-catalog";
import { type ActivePlan, getOverview } from "@/lib/billing/get-overview";

const OfferState = z
  .enum(["current", "available", "later", "sign-up"])
  .describe("What the button under a plan does for this visitor; `later`: once the plan of now has ended.");
export type OfferState = z.infer<typeof OfferState>;

const Offer = z.object({
  interval: z.enum(["month", "year"]),
  lookupKey: z.string(),
  currency: z.string(),
  perMonthCents: z.int(),
  billedCents: z.int(),
  savedPercent: z.int(),
  state: OfferState,
});

const PricedPlan = Plan.omit({ prices: true }).extend({ offers: z.array(Offer), state: OfferState });
export type PricedPlan = z.infer<typeof PricedPlan>;

/** A plan is not exchanged for another: it ends, then another is bought. `endsAt` is set once it is cancelled. */
const Occupied = z.object({
  planName: z.string(),
  endsAt: z.iso.datetime().nullable(),
  paidUntil: z.iso.datetime().nullable(),
});
export type Occupied = z.infer<typeof Occupied>;

export const Pricing = z.object({
  plans: z.array(PricedPlan),
  packs: z.array(Pack),
  canTopUp: z.boolean(),
  isOnHold: z.boolean().describe("There is a plan, but it is paused or unpaid."),
  occupied: Occupied.nullable().describe("What must end before another plan can be chosen."),
  intent: z
    .string()
    .describe(
      "One per showing of the offers, for `Idempotency-Key`: two clicks on one button are one checkout.",
    ),
});
export type Pricing = z.infer<typeof Pricing>;

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

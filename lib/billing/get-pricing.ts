import "server-only";
import { randomUUID } from "node:crypto";
import type { Route } from "next";
import { getUser } from "@/lib/auth/get-user";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import { type ChangeBlock, changeBlock } from "@/lib/billing/change-block";
import { type Catalog, getCatalog, type Plan, type Price, type TrialTerms } from "@/lib/billing/get-catalog";
import { type BillingOverview, getOverview, type Trial } from "@/lib/billing/get-overview";
import { getSubscription, type SubscriptionDetails } from "@/lib/billing/get-subscription";
import { type PricedPack, pricePacks } from "@/lib/billing/price-packs";
import { planItem } from "@/lib/billing/sum-items";
import { changeAddress } from "@/lib/billing/wanted-address";
import { withPrice } from "@/lib/billing/wanted-steps";
import { type Saving, yearlySaving } from "@/lib/billing/yearly-saving";

/**
 * What the button under a plan does for this visitor; `next`: the plan of now changes to it; `blocked`: something else
 * must be settled first; `fallback` and `after_trial`: the free plan, for who has another; `trial`: it is tried now;
 * `closed`: it is not sold to them.
 */
export type OfferState =
  | "current"
  | "available"
  | "change"
  | "next"
  | "blocked"
  | "fallback"
  | "after_trial"
  | "trial"
  | "sign-up"
  | "closed";

export type Offer = {
  interval: Price["interval"];
  lookupKey: string;
  currency: string;
  perMonthCents: number;
  billedCents: number;
  /** What a year costs less than twelve months. */
  saved: Saving | null;
  state: OfferState;
  /** Where the change to it is shown before it is made. */
  changeTo: Route | null;
  /** A first plan, a dearer one than that of now, or the same by the year: what its full button says. */
  isSuggested: boolean;
};

export type PricedPlan = Omit<Plan, "prices" | "terms"> & {
  offers: Offer[];
  state: OfferState;
  /** What this visitor may start, without a card. */
  trial: TrialTerms | null;
};

export type Pricing = {
  plans: PricedPlan[];
  packs: PricedPack[];
  currency: string;
  currencies: string[];
  isCurrencyFixed: boolean;
  /** Something is sold to this visitor. */
  canBuy: boolean;
  canTopUp: boolean;
  /** A plan or a trial is under way. */
  hasPlan: boolean;
  /** There is a plan, but it is paused or unpaid. */
  isOnHold: boolean;
  /** Why the plan of now cannot be changed. */
  block: ChangeBlock | null;
  /** The trial that a plan chosen now would follow. */
  trial: Trial | null;
  /** In which the plan of now is paid. */
  interval: Price["interval"];
  /** One per showing of the offers: two clicks on one button are one checkout. */
  intent: string;
};

/** What can this visitor, signed in or not, buy? */
export async function getPricing(): Promise<Pricing> {
  const user = await getUser();
  const [catalog, overview, subscription] = await Promise.all([
    getCatalog(),
    user ? getOverview() : null,
    user ? getSubscription() : null,
  ]);
  const canBuy = overview ? overview.canBuy : billingEnabled(null);
  const visitor: Visitor = {
    canBuy,
    isSignedIn: user !== null,
    planKey: overview?.plan?.key ?? null,
    triedKey: overview?.plan ? null : (overview?.trial?.planKey ?? null),
    trialKey: canBuy ? trialKey(catalog, overview) : null,
    subscription,
  };
  const hasPlan = overview !== null && (overview.trial !== null || overview.plan?.isOnHold === false);
  const isOnHold = overview?.plan?.isOnHold ?? false;
  return {
    plans: catalog.plans.map((plan) => pricePlan(plan, catalog, visitor)),
    packs: canBuy ? pricePacks(catalog.packs, { ...visitor, hasPlan, isOnHold }) : [],
    currency: catalog.currency,
    currencies: catalog.currencies,
    isCurrencyFixed: catalog.isCurrencyFixed,
    canBuy,
    canTopUp: overview?.canTopUp ?? false,
    hasPlan,
    isOnHold,
    block: subscription && changeBlock(subscription, canBuy),
    trial: overview?.plan ? null : (overview?.trial ?? null),
    interval: subscription?.items[0]?.interval ?? "month",
    intent: randomUUID(),
  };
}

type Visitor = {
  canBuy: boolean;
  isSignedIn: boolean;
  planKey: string | null;
  /** The plan of a trial under way, as long as no other was chosen. */
  triedKey: string | null;
  /** The plan that a trial would be of. */
  trialKey: string | null;
  subscription: SubscriptionDetails | null;
};

/** `start_trial` takes the first plan that has one, too. */
function trialKey({ plans }: Catalog, overview: BillingOverview | null): string | null {
  const mayStart = overview === null || overview.canStartTrial;
  return mayStart ? (plans.find(({ trial }) => trial)?.key ?? null) : null;
}

function pricePlan({ prices, terms: _, ...plan }: Plan, catalog: Catalog, visitor: Visitor): PricedPlan {
  const { subscription } = visitor;
  const now = subscription && planItem(subscription.items);
  return {
    ...plan,
    trial: plan.key === visitor.trialKey ? plan.trial : null,
    state: planState(plan, visitor),
    offers: prices.map((price) => {
      const state = offerState(price, visitor);
      const change = state === "change" && subscription;
      const perMonthCents = perMonth(price);
      return {
        interval: price.interval,
        lookupKey: price.lookupKey,
        currency: price.currency,
        perMonthCents,
        billedCents: price.priceCents,
        saved: yearlySaving(price, prices),
        state,
        changeTo: change ? changeAddress(withPrice(change, catalog, price, plan.maxQuantity)) : null,
        isSuggested:
          plan.key === visitor.planKey
            ? price.interval === "year"
            : perMonthCents > (now ? perMonth(now) : 0),
      };
    }),
  };
}

const perMonth = ({ interval, priceCents }: Pick<Price, "interval" | "priceCents">) =>
  interval === "year" ? Math.round(priceCents / 12) : priceCents;

function planState({ key, isFree }: Pick<Plan, "key" | "isFree">, visitor: Visitor): OfferState {
  if (!visitor.isSignedIn) return "sign-up";
  if (isFree && visitor.planKey) return "fallback";
  if (isFree) return visitor.triedKey ? "after_trial" : "current";
  if (visitor.planKey === key) return "current";
  if (visitor.triedKey === key) return "trial";
  return visitor.canBuy ? "available" : "closed";
}

function offerState({ lookupKey }: Price, { canBuy, isSignedIn, subscription }: Visitor): OfferState {
  if (!isSignedIn) return canBuy ? "sign-up" : "closed";
  if (!subscription) return canBuy ? "available" : "closed";
  const isIn = (items: SubscriptionDetails["items"]) => items.some((item) => item.lookupKey === lookupKey);
  if (isIn(subscription.items)) return "current";
  if (subscription.scheduled && isIn(subscription.scheduled.items)) return "next";
  return changeBlock(subscription, canBuy) ? "blocked" : "change";
}

import "server-only";
import type { Route } from "next";
import { cache } from "react";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import type { CancelFeedback } from "@/lib/billing/cancel-plan";
import { type ChangeBlock, changeBlock, isResting } from "@/lib/billing/change-block";
import { getCatalog, type Plan, type Price } from "@/lib/billing/get-catalog";
import {
  getSubscription,
  type SubscriptionDetails,
  type SubscriptionItem,
} from "@/lib/billing/get-subscription";
import { type ItemSum, planItem, sumItems } from "@/lib/billing/sum-items";
import { changeAddress } from "@/lib/billing/wanted-address";
import { priceBeside, wantedOf, withAddOn, withPrice } from "@/lib/billing/wanted-steps";
import { type Saving, savingOfAll } from "@/lib/billing/yearly-saving";
import { cancelFeedback } from "@/supabase/functions/_shared/stripe-fields";

export type AddOnOffer = {
  key: string;
  name: string;
  description: string;
  features: string[];
  /** Of one piece. */
  priceCents: number;
  /** How many there are now. */
  quantity: number;
  add: Route | null;
  changeQuantity: Route | null;
  remove: Route | null;
};

export type ManagedPlan = ItemSum & {
  seats: { quantity: number; change: Route | null } | null;
  /** What the plan becomes when the paid period is over: another plan, or the same with other seats or add-ons. */
  scheduled: (ItemSum & { at: string; isOtherPlan: boolean }) | null;
  /** As the catalog has it, before tax and discounts; null while a payment is overdue. */
  nextCharge: PlannedCharge | null;
  switchInterval: { to: Price["interval"]; saved: Saving | null; change: Route } | null;
  block: ChangeBlock | null;
  addOns: AddOnOffer[];
  endsAt: string | null;
  isPaused: boolean;
  canPause: boolean;
  /** Null where it is cancelled already. */
  cancellation: Cancellation | null;
};

/** When the plan would end, null is at once, and what may be said of why. */
export type Cancellation = { endsAt: string | null; reasons: readonly CancelFeedback[] };

/** What is charged next: by itself, or once the user keeps what is cancelled or resumes what is paused. */
export type PlannedCharge = {
  when: "renewal" | "if_kept" | "if_resumed";
  /** Null is at once. */
  at: string | null;
  amountCents: number;
  currency: string;
};

/** What can the signed-in user do with what they subscribe to? Null where there is no subscription. */
export const getManagedPlan = cache(async (): Promise<ManagedPlan | null> => {
  const [{ id }, subscription, catalog] = await Promise.all([
    getUserOrThrow(),
    getSubscription(),
    getCatalog(),
  ]);
  const sum = subscription && sumItems(subscription.items);
  const main = sum && planItem(sum.items);
  if (!main) return null;
  const { items, scheduled, periodEnd, endsAt, status } = subscription;
  const block = changeBlock(subscription, billingEnabled(id));
  const next = scheduled && sumItems(scheduled.items);
  return {
    ...sum,
    seats:
      main.maxQuantity > 1
        ? { quantity: main.quantity, change: block ? null : changeAddress(wantedOf(items)) }
        : null,
    scheduled: next && {
      at: scheduled.at,
      ...next,
      isOtherPlan: planItem(next.items)?.name !== main.name,
    },
    nextCharge: plannedCharge(subscription, next ?? sum),
    switchInterval: block ? null : otherInterval(subscription, main, catalog),
    block,
    addOns: catalog.addOns.flatMap((addOn) => offerAddOn(addOn, subscription, main, block)),
    endsAt,
    isPaused: status === "paused",
    canPause: block === null && status === "active" && !scheduled,
    cancellation: endsAt ? null : { endsAt: isResting(status) ? null : periodEnd, reasons: cancelFeedback },
  };
});

function plannedCharge(
  { status, endsAt, periodEnd }: SubscriptionDetails,
  { totalCents: amountCents, currency }: ItemSum,
): PlannedCharge | null {
  if (status === "paused") return { when: "if_resumed", at: null, amountCents, currency };
  if (status !== "active" && status !== "trialing") return null;
  return { when: endsAt ? "if_kept" : "renewal", at: periodEnd, amountCents, currency };
}

function otherInterval(
  subscription: SubscriptionDetails,
  { lookupKey, interval, currency }: SubscriptionItem,
  catalog: { plans: Plan[]; addOns: Plan[] },
): ManagedPlan["switchInterval"] {
  const plan = catalog.plans.find(({ prices }) => prices.some((price) => price.lookupKey === lookupKey));
  const to = interval === "year" ? "month" : "year";
  const price = plan && priceBeside(plan, { interval: to, currency });
  if (!price) return null;
  const wanted = withPrice(subscription, catalog, price, plan.maxQuantity);
  return { to, saved: savingOfAll(wanted, catalog), change: changeAddress(wanted) };
}

/** Nothing where it is not sold beside this plan, or to this account. */
function offerAddOn(
  addOn: Plan,
  { items }: SubscriptionDetails,
  main: SubscriptionItem,
  block: ChangeBlock | null,
): AddOnOffer[] {
  const price = priceBeside(addOn, main);
  if (!price) return [];
  const wanted = wantedOf(items);
  const quantity = wanted.add_ons[price.lookupKey] ?? 0;
  if (block === "closed" && quantity === 0) return [];
  const isFixed = block !== null;
  const to = (pieces: number) => changeAddress(withAddOn(wanted, price.lookupKey, pieces));
  return [
    {
      key: addOn.key,
      name: addOn.name,
      description: addOn.description,
      features: addOn.features,
      priceCents: price.priceCents,
      quantity,
      add: isFixed || quantity > 0 ? null : to(1),
      changeQuantity: isFixed || quantity === 0 || addOn.maxQuantity === 1 ? null : to(quantity),
      remove: isFixed || quantity === 0 ? null : to(0),
    },
  ];
}

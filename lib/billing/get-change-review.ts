import "server-only";
import { type Catalog, getCatalog } from "@/lib/billing/get-catalog";
import { getSubscription, type SubscriptionItem } from "@/lib/billing/get-subscription";
import { type ChangePreview, previewChange } from "@/lib/billing/preview-change";
import { type ItemSum, sumItems } from "@/lib/billing/sum-items";
import { addOnField } from "@/lib/billing/wanted-address";
import type { WantedPlan } from "@/lib/billing/wanted-plan";
import { type Saving, savingOfAll } from "@/lib/billing/yearly-saving";

/** `field` is what a form of the page calls its quantity. */
export type WantedItem = SubscriptionItem & { field: string };

export type ChangeReview = {
  wanted: WantedPlan;
  preview: ChangePreview;
  /** Null for who has no plan: then there is nothing to change either. */
  now: ItemSum | null;
  items: WantedItem[];
  /** What paying all of it by the year saves. */
  saved: Saving | null;
  /** What comes each month of a first year that takes in the credits of the month already paid. */
  firstYearCredits: number | null;
  /** From when on the plan's own credits come each month; null is now. During a trial nothing comes before its end. */
  monthlyFrom: string | null;
  /** When a change would come that this one takes the place of. */
  replaces: string | null;
};

/** What would become of the plan, and what does that cost? Changes nothing. */
export async function getChangeReview(wanted: WantedPlan): Promise<ChangeReview> {
  const [preview, subscription, catalog] = await Promise.all([
    previewChange(wanted),
    getSubscription(),
    getCatalog(),
  ]);
  const now = subscription && sumItems(subscription.items);
  const named = (field: string, lookupKey: string, quantity: number): WantedItem[] => {
    const item = itemOnSale(catalog, lookupKey) ?? now?.items.find((one) => one.lookupKey === lookupKey);
    return item ? [{ ...item, field, quantity }] : [];
  };
  const items = [
    ...named("quantity", wanted.plan, wanted.quantity),
    ...Object.entries(wanted.add_ons).flatMap(([lookupKey, quantity]) =>
      named(addOnField(lookupKey), lookupKey, quantity),
    ),
  ];
  const isFirstYear = preview.when === "now" && now?.interval === "month" && items[0]?.interval === "year";
  const isLess = preview.creditsNow > 0 && preview.creditsNow < preview.creditsPerMonth;
  const firstYearCredits = isFirstYear && isLess ? preview.creditsNow : null;
  return {
    wanted,
    preview,
    now,
    items,
    firstYearCredits,
    monthlyFrom: monthlyFrom(preview, firstYearCredits !== null || subscription?.status === "trialing"),
    saved: savingOfAll(wanted, catalog),
    replaces: subscription?.scheduled?.at ?? null,
  };
}

function monthlyFrom(
  { when, startsAt, nextChargeAt }: ChangePreview,
  isAtNextCharge: boolean,
): string | null {
  if (when === "period_end") return startsAt;
  return isAtNextCharge ? nextChargeAt : null;
}

function itemOnSale(
  { plans, addOns }: Catalog,
  lookupKey: string,
): Omit<SubscriptionItem, "quantity"> | undefined {
  for (const { name, isAddOn, maxQuantity, creditsPerMonth, prices } of [...plans, ...addOns]) {
    const price = prices.find((one) => one.lookupKey === lookupKey);
    if (price) return { ...price, name, isAddOn, maxQuantity, creditsPerMonth };
  }
  return undefined;
}

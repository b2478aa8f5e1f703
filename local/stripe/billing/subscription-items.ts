import type { Period, Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { invalid, missingResource } from "../engine/errors.ts";
import { newId } from "../engine/ids.ts";
import { periodFrom } from "../engine/time.ts";
import type { Metadata, Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { periodAround } from "./subscriptions.ts";

/** What is subscribed to: a price, so many times. */
export type Wanted = { price: Price; quantity: number; metadata?: Metadata };
/** A change of one item, or without an id one more. */
export type ItemChange = {
  id?: string | undefined;
  isDeleted?: boolean | undefined;
  price?: Price | undefined;
  quantity?: number | undefined;
  metadata?: Metadata | undefined;
};

export function newItem(
  subscription: string,
  { price, quantity, metadata = {} }: Wanted,
  at: number,
  { start, end }: Period,
): SubscriptionItem {
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: at,
    current_period_end: end,
    current_period_start: start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: oldPlan(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
}

/** The items of a subscription after some of them were changed. Their periods are not: a new item joins the others. */
export function changedItems(
  subscription: Subscription,
  changes: ItemChange[],
  at: number,
): SubscriptionItem[] {
  let items = subscription.items.data;
  for (const change of changes) {
    if (change.id === undefined) items = [...items, addedItem(subscription, change, at)];
    else if (!items.some(({ id }) => id === change.id))
      throw missingResource("subscription_item", change.id, "items");
    else if (change.isDeleted) items = items.filter(({ id }) => id !== change.id);
    else items = items.map((item) => (item.id === change.id ? changedItem(item, change) : item));
  }
  const [first] = items;
  if (!first || items.length > 20)
    throw invalid(`A subscription has 1 to 20 items, this one would have ${items.length}.`, "items");
  if (items.some(({ price }) => price.currency !== subscription.currency))
    throw invalid(`All prices of this subscription must be in ${subscription.currency}.`, "items");
  if (new Set(items.map(({ price }) => price.id)).size < items.length)
    throw invalid("Two items of a subscription cannot have the same price.", "items");
  return items;
}

/** An item shows its price as it is now; that is no change of the subscription, and no event. */
export async function showPrice({ state }: Work, price: Price): Promise<void> {
  const body = { items: { data: [{ price: { id: price.id } }] } };
  for (const subscription of await state.list("subscription", { body })) {
    const data = subscription.items.data.map((item) =>
      item.price.id === price.id ? { ...item, price, plan: oldPlan(price) } : item,
    );
    await state.save({ ...subscription, items: { ...subscription.items, data } });
  }
}

/** With another price the quantity is 1 again, unless it is said. */
function changedItem(item: SubscriptionItem, { price, quantity, metadata }: ItemChange): SubscriptionItem {
  const isOther = price !== undefined && price.id !== item.price.id;
  return {
    ...item,
    ...(isOther && { price, plan: oldPlan(price) }),
    quantity: quantity ?? (isOther ? 1 : item.quantity),
    metadata: metadata ?? item.metadata,
  };
}

function addedItem(subscription: Subscription, change: ItemChange, at: number): SubscriptionItem {
  const { price, quantity = 1, metadata = {} } = change;
  if (!price) throw invalid("A new item needs a price.", "items", "parameter_missing");
  const { billing_cycle_anchor: anchor, trial_end: trialEnd, status } = subscription;
  if (status === "trialing" && trialEnd !== null)
    return newItem(subscription.id, { price, quantity, metadata }, at, { start: at, end: trialEnd });
  const first = { start: anchor, end: periodFrom(anchor, price) };
  return periodAround(newItem(subscription.id, { price, quantity, metadata }, at, first), anchor, at);
}

/** The forerunner of prices that Stripe still sends beside each. */
function oldPlan(price: Price) {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: String(price.unit_amount),
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval,
    interval_count: price.recurring?.interval_count,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: "licensed",
  };
}

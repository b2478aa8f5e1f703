import type Stripe from "stripe";
import type { Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { invalid, isStripeError, missingResource } from "../engine/errors.ts";
import { nextPeriodEnd, periodFrom } from "../engine/time.ts";
import type { Invoice, Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { applyChange } from "./apply-change.ts";
import { previewInvoice } from "./invoice-preview.ts";
import { createSchedule, newPhase } from "./new-schedule.ts";
import { type PlannedChange, type Prorations, planChange } from "./plan-change.ts";
import { saveSchedule } from "./schedules.ts";
import { changedItems } from "./subscription-items.ts";
import { periodEnd } from "./subscriptions.ts";

type Update = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate;
export type Offer = { price: Price; minimum: number; maximum: number };
/** Another price or quantity of a plan's one item: what it comes to, and when. */
export type Switch = { price: Price; quantity: number; isAtPeriodEnd: boolean; planned: PlannedChange };

/** Stripe's portal changes plans of one item that run and are not about to change or end. */
export function isSwitchable(features: Update, subscription: Subscription): boolean {
  const { items, status, cancel_at, schedule, pending_update } = subscription;
  const runs = status === "active" || status === "trialing";
  const isFree = cancel_at === null && schedule === null && pending_update === null;
  return features.enabled && items.data.length === 1 && runs && isFree;
}

/** The prices of the configuration's products that are in the plan's currency; the quantity is the plan's where it stays. */
export async function offersOf({ state }: Work, update: Update, subscription: Subscription) {
  const current = itemOf(subscription);
  const offers: Offer[] = [];
  for (const { prices, adjustable_quantity: quantity } of update.products ?? []) {
    const isAdjustable = quantity.enabled && update.default_allowed_updates.includes("quantity");
    const [minimum, maximum] = isAdjustable
      ? [quantity.minimum, quantity.maximum ?? 999_999]
      : [current.quantity, current.quantity];
    for (const id of prices) {
      const price = await state.find("price", id);
      if (!price?.active || price.currency !== subscription.currency) continue;
      const isCurrent = price.id === current.price.id;
      if (isCurrent ? isAdjustable : update.default_allowed_updates.includes("price"))
        offers.push({ price, minimum, maximum });
    }
  }
  return offers;
}

export async function planSwitch(
  work: Work,
  update: Update,
  subscription: Subscription,
  wanted: { price: string; quantity: number | null },
): Promise<Switch> {
  const offer = (await offersOf(work, update, subscription)).find(({ price }) => price.id === wanted.price);
  if (!offer || !isSwitchable(update, subscription)) throw missingResource("price", wanted.price);
  const { price, minimum, maximum } = offer;
  const item = itemOf(subscription);
  const quantity = wanted.quantity ?? Math.min(Math.max(item.quantity, minimum), maximum);
  if (!Number.isInteger(quantity) || quantity < minimum || quantity > maximum)
    throw invalid(`Choose a quantity from ${minimum} to ${maximum}.`, "quantity");
  if (price.id === item.price.id && quantity === item.quantity)
    throw invalid("This is your plan already.", "price");
  const items = [{ id: item.id, price, quantity }];
  const isAtPeriodEnd = update.schedule_at_period_end.conditions.some(({ type }) =>
    type === "shortening_interval"
      ? periodFrom(work.at, price) < periodFrom(work.at, item.price)
      : price.unit_amount * quantity < item.price.unit_amount * item.quantity,
  );
  const isTrialOver = subscription.status === "trialing" && update.trial_update_behavior === "end_trial";
  const planned = isAtPeriodEnd
    ? { after: withItems(subscription, changedItems(subscription, items, work.at)), ...nothingNow }
    : await planChange(work, subscription, {
        items,
        prorations: update.proration_behavior as Prorations,
        prorationDate: null,
        isAnchorNew: update.billing_cycle_anchor === "now",
        ...(isTrialOver && { trialEnd: "now" }),
      });
  return { price, quantity, isAtPeriodEnd, planned };
}

const nothingNow = { billables: [], isInvoiced: false };

/** The invoice that the switch brings at once, if any, and the one that comes next. */
export async function previewSwitch(
  work: Work,
  { planned }: Switch,
): Promise<{ now: Invoice | null; next: Invoice | null }> {
  const { after, isInvoiced } = planned;
  const now = isInvoiced ? await previewInvoice(work, planned, false) : null;
  const rest = isInvoiced ? { after, ...nothingNow } : planned;
  const next = await previewInvoice(work, rest, isInvoiced).catch((error) => {
    if (isStripeError(error) && error.body.code === "invoice_upcoming_none") return null;
    throw error;
  });
  return { now, next };
}

/** At once, if it can be paid; else at the period's end, by a schedule that then lets the plan go on. */
export async function makeSwitch(
  work: Work,
  subscription: Subscription,
  { price, quantity, isAtPeriodEnd, planned }: Switch,
): Promise<void> {
  if (!isAtPeriodEnd) {
    await applyChange(work, subscription, planned, "error_if_incomplete", null);
    return;
  }
  const schedule = await createSchedule(work, subscription, {});
  const start = periodEnd(subscription);
  const { interval, interval_count: count } = price.recurring ?? { interval: "month", interval_count: 1 };
  const phase = newPhase(subscription, {
    items: [{ price: price.id, quantity }],
    start,
    end: nextPeriodEnd(start, start, interval, count),
    prorations: "none",
    metadata: {},
    discounts: subscription.discounts,
  });
  await saveSchedule(work, schedule, { ...schedule, phases: [...schedule.phases, phase] });
}

const withItems = (subscription: Subscription, data: SubscriptionItem[]): Subscription => ({
  ...subscription,
  items: { ...subscription.items, data },
});

function itemOf({ id, items }: Subscription): SubscriptionItem {
  const [item] = items.data;
  if (!item) throw missingResource("subscription", id);
  return item;
}

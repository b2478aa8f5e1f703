import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { nextPeriodEnd } from "../engine/time.ts";
import type { LineItem, Metadata, Price, Subscription, SubscriptionItem } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

type NewSubscription = {
  customer: string;
  currency: string;
  items: LineItem[];
  metadata: Metadata;
  description: string | null;
  paymentMethod: string;
};

/** A subscription that begins now. Its first invoice is made and paid by the caller. */
export async function createSubscription(work: Work, given: NewSubscription): Promise<Subscription> {
  const { state, at } = work;
  const id = newId("sub", 24);
  const items = given.items.map((item) => newItem(id, item, at));
  const subscription: Subscription = {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: at,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible", updated_at: at },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: "charge_automatically",
    created: at,
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    days_until_due: null,
    default_payment_method: given.paymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: given.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: {
      object: "list",
      data: items,
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: at,
    status: "active",
    test_clock: null,
    transfer_data: null,
    trial_end: null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" },
    },
    trial_start: null,
  };
  return state.insert(subscription, {}, firstDue(subscription));
}

export const periodEnd = (subscription: Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** Sets or clears the date on which it ends; flexible billing mode says it in `cancel_at` alone. */
export async function setCancelAt(
  work: Work,
  subscription: Subscription,
  cancelAt: number | null,
  changes: Partial<Subscription> = {},
): Promise<Subscription> {
  const isNew = cancelAt !== subscription.cancel_at;
  const canceledAt = cancelAt === null ? null : work.at;
  const after = await update(work, "customer.subscription.updated", subscription, {
    ...subscription,
    ...changes,
    ...(isNew && {
      cancel_at: cancelAt,
      canceled_at: canceledAt,
      cancellation_details: {
        comment: null,
        feedback: null,
        feedback_option: null,
        reason: cancelAt === null ? null : "cancellation_requested",
      },
    }),
  });
  await work.state.setDue(after.id, firstDue(after));
  return after;
}

/** The end, for good: Stripe never revives a canceled subscription. */
export async function endSubscription(
  work: Work,
  subscription: Subscription,
  reason: "cancellation_requested" | "payment_failed",
): Promise<Subscription> {
  const { state, at } = work;
  const ended = await state.save<Subscription>({
    ...subscription,
    canceled_at: subscription.canceled_at ?? at,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason },
    ended_at: at,
    status: "canceled",
  });
  await state.setDue(ended.id, null);
  await emit(work, "customer.subscription.deleted", ended);
  await stopCollecting(work, ended.id);
  return ended;
}

/** What is still owed stays owed, but nothing is charged any more. */
async function stopCollecting(work: Work, subscription: string): Promise<void> {
  const parent = { subscription_details: { subscription } };
  for (const status of ["draft", "open"]) {
    for (const invoice of await work.state.list("invoice", { body: { status, parent } })) {
      await update(work, "invoice.updated", invoice, {
        ...invoice,
        auto_advance: false,
        automatically_finalizes_at: null,
        next_payment_attempt: null,
      });
      await work.state.setDue(invoice.id, null);
    }
  }
}

export const firstDue = (subscription: Subscription): number =>
  Math.min(periodEnd(subscription), subscription.cancel_at ?? Number.POSITIVE_INFINITY);

/** The items with those periods moved on that are over. */
export function nextPeriods(subscription: Subscription, at: number): SubscriptionItem[] {
  return subscription.items.data.map((item) => {
    if (item.current_period_end > at) return item;
    const end = item.current_period_end;
    return { ...item, current_period_start: end, current_period_end: after(subscription, item.price, end) };
  });
}

function after({ billing_cycle_anchor: anchor }: Subscription, price: Price, end: number): number {
  const { interval, interval_count: count } = price.recurring ?? { interval: "month", interval_count: 1 };
  return nextPeriodEnd(anchor, end, interval, count);
}

function newItem(subscription: string, { price, quantity }: LineItem, at: number): SubscriptionItem {
  const { interval, interval_count: count } = price.recurring ?? { interval: "month", interval_count: 1 };
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: at,
    current_period_end: nextPeriodEnd(at, at, interval, count),
    current_period_start: at,
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: oldPlan(price),
    price,
    quantity,
    subscription,
    tax_rates: [],
  };
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

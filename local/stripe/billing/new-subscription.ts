import type { Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { newId } from "../engine/ids.ts";
import { periodFrom } from "../engine/time.ts";
import type { LineItem, Metadata, Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { firstDue } from "./subscriptions.ts";

type NewSubscription = {
  customer: string;
  currency: string;
  items: LineItem[];
  metadata: Metadata;
  description: string | null;
  paymentMethod: string;
};

/** A subscription that begins now, incomplete until its first invoice, which the caller makes, is paid. */
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
    status: "incomplete",
    test_clock: state.clock,
    transfer_data: null,
    trial_end: null,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: "create_invoice" },
    },
    trial_start: null,
  };
  return state.insert(subscription, {}, firstDue(subscription) ?? undefined);
}

function newItem(subscription: string, { price, quantity }: LineItem, at: number): SubscriptionItem {
  return {
    id: newId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created: at,
    current_period_end: periodFrom(at, price),
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

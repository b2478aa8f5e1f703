import type { SchedulePhase, Subscription, SubscriptionSchedule } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { Metadata } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import type { Prorations } from "./plan-change.ts";
import { change, periodEnd } from "./subscriptions.ts";

type NewPhase = {
  items: { price: string; quantity: number }[];
  start: number;
  end: number;
  prorations: Prorations;
  metadata: Metadata;
  /** Ids of those that the subscription has: what a phase does not name is lost. */
  discounts: string[];
};

/** A schedule over a subscription that runs: its first phase is the current period, as it is. */
export async function createSchedule(
  work: Work,
  subscription: Subscription,
  metadata: Metadata,
): Promise<SubscriptionSchedule> {
  const phase = newPhase(subscription, {
    items: subscription.items.data.map(({ price, quantity }) => ({ price: price.id, quantity })),
    start: Math.max(...subscription.items.data.map((item) => item.current_period_start)),
    end: periodEnd(subscription),
    prorations: "create_prorations",
    metadata: {},
    discounts: subscription.discounts,
  });
  const { start_date, end_date } = phase;
  const schedule: SubscriptionSchedule = {
    id: newId("sub_sched", 24),
    object: "subscription_schedule",
    application: null,
    billing_mode: subscription.billing_mode,
    canceled_at: null,
    completed_at: null,
    created: work.at,
    current_phase: { start_date, end_date },
    customer: subscription.customer,
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: "automatic",
      billing_thresholds: null,
      collection_method: "charge_automatically",
      default_payment_method: null,
      description: null,
      invoice_settings: { ...noInvoiceSettings, issuer: { type: "self" } },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: "release",
    livemode: false,
    metadata,
    pause_schedules: [],
    phases: [phase],
    released_at: null,
    released_subscription: null,
    status: "active",
    subscription: subscription.id,
    test_clock: work.state.clock,
  };
  await work.state.insert(schedule, {}, phase.end_date);
  await emit(work, "subscription_schedule.created", schedule);
  await change(work, subscription, { ...subscription, schedule: schedule.id });
  return schedule;
}

const noInvoiceSettings = {
  account_tax_ids: null,
  custom_fields: null,
  days_until_due: null,
  description: null,
  footer: null,
};

export function newPhase(
  { currency }: Subscription,
  { items, start, end, prorations, metadata, discounts }: NewPhase,
): SchedulePhase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency,
    default_payment_method: null,
    description: null,
    discounts: discounts.map((discount) => ({ coupon: null, discount, promotion_code: null })),
    end_date: end,
    invoice_settings: null,
    items: items.map(({ price, quantity }) => ({
      billing_thresholds: null,
      discounts: [],
      metadata: {},
      plan: price,
      price,
      quantity,
    })),
    metadata,
    on_behalf_of: null,
    proration_behavior: prorations,
    start_date: start,
    transfer_data: null,
    trial_end: null,
  };
}

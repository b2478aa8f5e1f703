import type { MissingMethod, Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { periodFrom } from "../engine/time.ts";
import type { Invoice, Metadata } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { remindAtOnce } from "./apply-change.ts";
import { afterFirstInvoice, type Reduction, startDiscount } from "./discounts.ts";
import { fullPeriods, trialPeriods } from "./invoice-lines.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { newItem, type Wanted } from "./subscription-items.ts";
import { firstDue } from "./subscriptions.ts";

type NewSubscription = {
  customer: string;
  currency: string;
  items: Wanted[];
  metadata: Metadata;
  description: string | null;
  paymentMethod: string | null;
  /** Until then it costs nothing. */
  trialEnd: number | null;
  missingMethod: MissingMethod;
  /** Redeemed at Checkout. */
  reduction: Reduction | null;
  isTaxed: boolean;
};

/** Makes a subscription and its first invoice, which `pay` tries or leaves. */
export async function startSubscription(
  work: Work,
  given: NewSubscription,
  pay: (invoice: Invoice) => Promise<Invoice>,
): Promise<{ subscription: Subscription; invoice: Invoice }> {
  const { state, at } = work;
  const created = await createSubscription(work, given);
  const subscription = given.reduction ? await startDiscount(work, created, given.reduction) : created;
  const { data: items } = subscription.items;
  const draft = await draftInvoice(work, {
    subscription,
    billables: given.trialEnd === null ? await fullPeriods(work, items) : await trialPeriods(work, items),
    reason: "subscription_create",
    period: { start: at, end: at },
  });
  const after = await afterFirstInvoice(work, subscription);
  const linked = await state.save<Subscription>({ ...after, latest_invoice: draft.id });
  await emit(work, "customer.subscription.created", linked);
  await remindAtOnce(work, linked);
  const invoice = await pay(await finalizeInvoice(work, draft));
  return { subscription: await state.get("subscription", linked.id), invoice };
}

/** A subscription that begins now, unless on trial incomplete until its first invoice, which the caller makes, is paid. */
async function createSubscription(work: Work, given: NewSubscription): Promise<Subscription> {
  const { state, at } = work;
  const id = newId("sub", 24);
  const { trialEnd, missingMethod } = given;
  const items = given.items.map((item) =>
    newItem(id, item, at, { start: at, end: trialEnd ?? periodFrom(at, item.price) }),
  );
  const subscription: Subscription = {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: given.isTaxed,
      liability: given.isTaxed ? { type: "self" } : null,
    },
    billing_cycle_anchor: trialEnd ?? at,
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
    status: trialEnd === null ? "incomplete" : "trialing",
    test_clock: state.clock,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: missingMethod },
    },
    trial_start: trialEnd === null ? null : at,
  };
  return state.insert(subscription, {}, firstDue(subscription, at) ?? undefined);
}

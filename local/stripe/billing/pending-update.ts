import type { Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { unpaidEndsAfter } from "../engine/time.ts";
import type { Metadata } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { change, periodAround } from "./subscriptions.ts";

/** The plan stays as it is until the latest invoice is paid, 23 hours at most. */
export async function keepPendingUpdate(
  work: Work,
  before: Subscription,
  after: Subscription,
  metadata: Metadata | null,
): Promise<Subscription> {
  const isMoved = after.billing_cycle_anchor !== before.billing_cycle_anchor;
  return change(work, before, {
    ...before,
    latest_invoice: after.latest_invoice,
    pending_update: {
      billing_cycle_anchor: isMoved ? after.billing_cycle_anchor : null,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: work.at + unpaidEndsAfter,
      metadata,
      subscription_items: after.items.data,
      trial_end: after.trial_end === before.trial_end ? null : after.trial_end,
      trial_from_plan: null,
    },
  });
}

/** What was asked for is paid. */
export async function applyPendingUpdate(work: Work, subscription: Subscription): Promise<void> {
  const { pending_update: pending, ...rest } = subscription;
  if (!pending) return;
  const anchor = pending.billing_cycle_anchor ?? subscription.billing_cycle_anchor;
  const items = pending.subscription_items ?? subscription.items.data;
  const after: Subscription = {
    ...rest,
    billing_cycle_anchor: anchor,
    items: { ...subscription.items, data: items.map((item) => periodAround(item, anchor, work.at)) },
    metadata: { ...subscription.metadata, ...pending.metadata },
    pending_update: null,
    ...(pending.trial_end !== null && { status: "active", trial_end: pending.trial_end }),
  };
  const applied = await change(work, subscription, after);
  await emit(work, "customer.subscription.pending_update_applied", applied);
}

/** Nobody has paid for it in time, or its invoice was voided. */
export async function expirePendingUpdate(work: Work, subscription: Subscription): Promise<void> {
  if (!subscription.pending_update) return;
  const expired = await change(work, subscription, {
    ...subscription,
    pending_update: null,
  });
  await emit(work, "customer.subscription.pending_update_expired", expired);
}

import type Stripe from "stripe";
import { fingerprintSha256 } from "../../_shared/fingerprint.ts";
import {
  allOf,
  cancelTime,
  catalogKeys,
  chargedMethod,
  idOf,
  isoTime,
  isoTimeOrNull,
  nextPhase,
  pauseTime,
} from "../../_shared/stripe-fields.ts";

const expand = ["default_payment_method", "customer.invoice_settings.default_payment_method"];
/** What a list of subscriptions has to expand. */
export const expandListed = expand.map((path) => `data.${path}`);

export async function readSubscription(stripe: Stripe, id: string) {
  return readItems(stripe, await stripe.subscriptions.retrieve(id, { expand }));
}

/** The same of a subscription that was listed: its items may be more than came with it. */
export async function readItems(stripe: Stripe, subscription: Stripe.Subscription) {
  const { id, items } = subscription;
  const list = (page: { limit: number }) => stripe.subscriptionItems.list({ subscription: id, ...page });
  const [all, scheduled] = await Promise.all([allOf(items, list), readScheduled(stripe, subscription)]);
  return subscriptionFacts(subscription, all, scheduled);
}

/** What takes the place of the items next; null where nothing waits. */
async function readScheduled(stripe: Stripe, { schedule }: Stripe.Subscription) {
  const id = idOf(schedule);
  if (id === null) return null;
  const phase = nextPhase(
    await stripe.subscriptionSchedules.retrieve(id, { expand: ["phases.items.price"] }),
  );
  if (!phase) return null;
  const items = phase.items.map(({ price, quantity }) => ({
    price: typeof price === "string" || price.deleted ? null : catalogKeys(price).price,
    quantity: quantity ?? 1,
  }));
  return { at: isoTime(phase.start_date), items };
}

async function subscriptionFacts(
  subscription: Stripe.Subscription,
  items: Stripe.SubscriptionItem[],
  scheduled: Awaited<ReturnType<typeof readScheduled>>,
) {
  return {
    id: subscription.id,
    status: subscription.status,
    customer: idOf(subscription.customer),
    account_id: subscription.metadata.account_id ?? null,
    items: items.map((item) => ({
      id: item.id,
      price: catalogKeys(item.price).price,
      quantity: item.quantity ?? 1,
      period_start: isoTime(item.current_period_start),
      period_end: isoTime(item.current_period_end),
    })),
    scheduled,
    cancel_at: cancelTime(subscription),
    canceled_at: isoTimeOrNull(subscription.canceled_at),
    ended_at: isoTimeOrNull(subscription.ended_at),
    trial_start: isoTimeOrNull(subscription.trial_start),
    trial_end: isoTimeOrNull(subscription.trial_end),
    paused_at: pauseTime(subscription),
    default_payment_method: idOf(subscription.default_payment_method),
    fingerprint_sha256: await fingerprintSha256(chargedMethod(subscription)),
    created: isoTime(subscription.created),
  };
}

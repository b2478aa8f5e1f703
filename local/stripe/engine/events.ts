import { newId } from "./ids.ts";
import { apiVersion } from "./spec.ts";
import { fromUnix } from "./time.ts";
import type { StripeEvent, StripeObject } from "./types.ts";
import type { Work } from "./work.ts";

/** What the webhook endpoint subscribes to; the others are kept for `GET /v1/events` only. */
const subscribed = new Set([
  "charge.dispute.closed",
  "charge.dispute.created",
  "charge.dispute.funds_reinstated",
  "charge.dispute.funds_withdrawn",
  "charge.dispute.updated",
  "charge.refunded",
  "checkout.session.async_payment_failed",
  "checkout.session.async_payment_succeeded",
  "checkout.session.completed",
  "checkout.session.expired",
  "customer.deleted",
  "customer.subscription.created",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.pending_update_applied",
  "customer.subscription.pending_update_expired",
  "customer.subscription.resumed",
  "customer.subscription.trial_will_end",
  "customer.subscription.updated",
  "customer.updated",
  "invoice.finalized",
  "invoice.marked_uncollectible",
  "invoice.paid",
  "invoice.payment_action_required",
  "invoice.payment_failed",
  "invoice.voided",
  "invoice_payment.paid",
  "payment_intent.payment_failed",
  "payment_intent.succeeded",
  "payment_method.attached",
  "payment_method.automatically_updated",
  "payment_method.detached",
  "payment_method.updated",
  "price.deleted",
  "price.updated",
  "product.deleted",
  "product.updated",
  "refund.created",
  "refund.failed",
  "refund.updated",
]);

/** Writes an event down, and its delivery, in the transaction of the change it tells of. */
export async function emit(
  work: Work,
  type: string,
  object: StripeObject,
  before?: StripeObject,
): Promise<void> {
  const { state, at, now } = work;
  const isDelivered = subscribed.has(type);
  const previous = before && changedFields(before, object);
  const event: StripeEvent = {
    id: newId("evt", 24),
    object: "event",
    api_version: apiVersion,
    created: at,
    data: { object, ...(previous && { previous_attributes: previous }) },
    livemode: false,
    pending_webhooks: isDelivered ? 1 : 0,
    request: work.request,
    type,
  };
  await state.insert(event, { sent_at: now });
  if (isDelivered)
    await state.db.query("insert into deliveries (event_id, next_at) values ($1, $2)", [
      event.id,
      fromUnix(now),
    ]);
}

/** Saves a changed object and says so, or does nothing when nothing changed. */
export async function update<T extends StripeObject>(
  work: Work,
  type: string,
  before: T,
  after: T,
): Promise<T> {
  if (Object.keys(changedFields(before, after)).length === 0) return before;
  const stamped = "updated" in after ? { ...after, updated: work.at } : after;
  await work.state.save(stamped);
  await emit(work, type, stamped, before);
  return stamped;
}

function changedFields(before: StripeObject, after: StripeObject): Record<string, unknown> {
  const fields = Object.keys(after).filter(
    (field) => JSON.stringify(before[field] ?? null) !== JSON.stringify(after[field] ?? null),
  );
  return Object.fromEntries(fields.map((field) => [field, before[field] ?? null]));
}

import { apiVersion } from "./spec.ts";
import type { State } from "./state.ts";
import type { Metadata, StripeObject } from "./types.ts";

export type WebhookEndpoint = StripeObject & {
  api_version: string | null;
  description: string | null;
  enabled_events: string[];
  metadata: Metadata;
  status: "enabled" | "disabled";
  url: string;
};

/** What the app's own endpoint is sent; others say what they want when they are made. */
export const appEvents = [
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
  "subscription_schedule.aborted",
  "subscription_schedule.canceled",
  "subscription_schedule.completed",
  "subscription_schedule.created",
  "subscription_schedule.released",
  "subscription_schedule.updated",
];

type NewEndpoint = Pick<WebhookEndpoint, "id" | "created" | "url" | "enabled_events">;

export const newEndpoint = (given: NewEndpoint): WebhookEndpoint => ({
  object: "webhook_endpoint",
  api_version: null,
  application: null,
  description: null,
  livemode: false,
  metadata: {},
  status: "enabled",
  ...given,
});

/** The endpoint the sandbox starts with, wherever the app now is and whatever was made of it before. */
export async function registerApp(state: State, at: number, target: { url: string; secret: string }) {
  const id = "we_app";
  const known = await state.find("webhook_endpoint", id);
  const endpoint: WebhookEndpoint = {
    ...newEndpoint({
      id,
      created: Number(known?.created ?? at),
      url: target.url,
      enabled_events: appEvents,
    }),
    api_version: apiVersion,
  };
  await (known ? state.save(endpoint) : state.insert(endpoint));
  await state.hide(id, { secret: target.secret });
}

/** The ids of the endpoints that an event of a type goes to. */
export async function subscribersOf({ db }: State, type: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from objects
     where kind = 'webhook_endpoint' and body ->> 'status' = 'enabled' and body -> 'enabled_events' ?| array[$1, '*']
     order by number`,
    [type],
  );
  return rows.map(({ id }) => id);
}

/** What was to be sent to an endpoint is not sent any more. */
export async function stopDeliveries({ db }: State, endpoint: string): Promise<void> {
  await db.query("update deliveries set next_at = null where endpoint = $1", [endpoint]);
}

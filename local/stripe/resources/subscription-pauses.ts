import type Stripe from "stripe";
import { collectOffSession } from "../billing/collect.ts";
import { finalizeInvoice } from "../billing/invoicing.ts";
import { type Pause, pauseSubscription, type Resume, resumeSubscription } from "../billing/pause.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { route } from "../engine/route.ts";
import type { Call } from "../engine/work.ts";

export const subscriptionPauseRoutes = [
  route(
    "post /v1/subscriptions/{subscription}/pause",
    // There is no metered usage here, so none is outstanding.
    [
      "type",
      "invoicing_behavior",
      "bill_for.unused_time_from.type",
      "bill_for.outstanding_usage_through.type",
    ],
    pause,
  ),
  route(
    "post /v1/subscriptions/{subscription}/resume",
    ["billing_cycle_anchor.type", "payment_behavior", "proration_behavior", "proration_date"],
    resume,
  ),
];

async function pause(call: Call<Stripe.SubscriptionPauseParams>): Promise<Subscription> {
  const { params, state, id } = call;
  const subscription = await state.get("subscription", id);
  const { paused, invoice } = await pauseSubscription(call, subscription, {
    creditFrom: (params.bill_for?.unused_time_from?.type ?? "now") as Pause["creditFrom"],
    isInvoiced: params.invoicing_behavior === "invoice",
  });
  if (invoice) await collectOffSession(call, await finalizeInvoice(call, invoice));
  return invoice ? state.get("subscription", id) : paused;
}

async function resume(call: Call<Stripe.SubscriptionResumeParams>): Promise<Subscription> {
  const { params, state, at, id } = call;
  const subscription = await state.get("subscription", id);
  const isAnchorNew = params.billing_cycle_anchor?.type !== "unchanged";
  const isOnAttempt = params.payment_behavior !== "resume_on_payment_success";
  const { resumed, invoice } = await resumeSubscription(call, subscription, {
    isAnchorNew,
    isOnAttempt,
    prorations: (params.proration_behavior ?? "create_prorations") as Resume["prorations"],
    prorationDate: params.proration_date ?? at,
  });
  if (!invoice) return resumed;
  const open = await finalizeInvoice(call, invoice);
  // By default the caller pays it, within 23 hours.
  if (!isOnAttempt || open.amount_due === 0) await collectOffSession(call, open);
  return state.get("subscription", id);
}

import type Stripe from "stripe";
import { endSubscription, periodEnd, setCancelAt } from "../billing/subscriptions.ts";
import type { PauseCollection, Subscription } from "../engine/billing-types.ts";
import { invalid, missingResource } from "../engine/errors.ts";
import { mergeMetadata } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Answer, Call } from "../engine/work.ts";

type UpdateParams = Stripe.SubscriptionUpdateParams;

const writable = [
  "cancel_at_period_end",
  "cancel_at",
  "default_payment_method",
  "description",
  "metadata",
  "pause_collection",
];

export const subscriptionRoutes = [
  route("get /v1/subscription_items", ["subscription", "limit", "starting_after"], listItems),
  route(
    "get /v1/subscriptions",
    [...paging, "created", "customer", "status", "test_clock"],
    listSubscriptions,
  ),
  route("get /v1/subscriptions/{subscription_exposed_id}", [], ({ state, id }) =>
    state.get("subscription", id),
  ),
  route("post /v1/subscriptions/{subscription_exposed_id}", writable, updateSubscription),
  route("delete /v1/subscriptions/{subscription_exposed_id}", [], async (call) => {
    const subscription = await live(call);
    return endSubscription(call, subscription, "cancellation_requested");
  }),
];

async function updateSubscription(call: Call<UpdateParams>): Promise<Subscription> {
  const { params, state, at } = call;
  const subscription = await live(call);
  const method = params.default_payment_method;
  if (method) await state.get("payment_method", method, "default_payment_method");
  return setCancelAt(call, subscription, cancelAt(call, subscription), {
    metadata: mergeMetadata(subscription.metadata, params.metadata),
    ...(method !== undefined && { default_payment_method: method || null }),
    ...(params.pause_collection !== undefined && { pause_collection: pauseOf(params.pause_collection, at) }),
    ...(params.description !== undefined && { description: params.description || null }),
  });
}

/** The one date that both ways of asking for an end come down to. */
function cancelAt({ params, at }: Call<UpdateParams>, subscription: Subscription): number | null {
  const { cancel_at: date, cancel_at_period_end: isAtPeriodEnd } = params;
  if (date !== undefined && isAtPeriodEnd !== undefined)
    throw invalid(
      "You may only specify one of these parameters: cancel_at, cancel_at_period_end.",
      "cancel_at",
    );
  if (isAtPeriodEnd !== undefined) return isAtPeriodEnd ? periodEnd(subscription) : null;
  if (date === undefined) return subscription.cancel_at;
  if (date === "" || date === null) return null;
  if (date === "min_period_end") return periodEnd(subscription);
  if (typeof date === "string")
    throw invalid(`The local sandbox does not know cancel_at ${date} yet; Stripe does.`, "cancel_at");
  if (date <= at)
    throw invalid("The timestamp must be an integer Unix timestamp in the future.", "cancel_at");
  return date;
}

/** The older pause: invoices go on, nobody collects them. */
function pauseOf(given: UpdateParams["pause_collection"], at: number): PauseCollection | null {
  if (!given) return null;
  const { behavior, resumes_at: resumesAt } = given;
  if (resumesAt !== undefined && resumesAt <= at)
    throw invalid("The timestamp must be in the future.", "pause_collection[resumes_at]");
  return { behavior: behavior as PauseCollection["behavior"], resumes_at: resumesAt ?? null };
}

async function live({ state, id }: Call<unknown>): Promise<Subscription> {
  const subscription = await state.get("subscription", id);
  if (subscription.status === "canceled")
    throw invalid(
      "A canceled subscription can only update its cancellation_details and metadata.",
      undefined,
      "subscription_canceled",
    );
  return subscription;
}

/** Items live inside their subscription, so their pages are cut here. */
async function listItems(call: Call<Stripe.SubscriptionItemListParams>): Promise<Answer> {
  const { subscription: id, limit = 10, starting_after: after } = call.params;
  const { items } = await call.state.get("subscription", id, "subscription");
  const start = after ? items.data.findIndex((item) => item.id === after) + 1 : 0;
  if (after && start === 0) throw missingResource("subscription_item", after, "starting_after");
  const data = items.data.slice(start, start + limit);
  return { ...items, data, has_more: start + data.length < items.data.length };
}

/** Without a status all but the canceled ones, and those on test clocks only when they are asked for. */
function listSubscriptions(call: Call<Stripe.SubscriptionListParams>) {
  const { customer, status, test_clock: clock } = call.params;
  const ended = { status: "canceled" };
  return listPage(call, "subscription", {
    body: {
      ...(customer && { customer }),
      ...((clock || !customer) && { test_clock: clock ?? null }),
      ...(status && status !== "all" && { status: status === "ended" ? "canceled" : status }),
    },
    ...(!status && { notBody: ended }),
  });
}

import type Stripe from "stripe";
import { applyChange } from "../billing/apply-change.ts";
import { cancelNow } from "../billing/cancel.ts";
import { methodOfCustomer } from "../billing/payment-methods.ts";
import { planChange } from "../billing/plan-change.ts";
import { endingAt, isOver, periodEnd, change as saveChange } from "../billing/subscriptions.ts";
import type {
  CancellationDetails,
  MissingMethod,
  PauseCollection,
  Subscription,
} from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { field, mergeMetadata } from "../engine/fields.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Call, Work } from "../engine/work.ts";
import { behaviorOf, changeParams, readChange } from "./subscription-changes.ts";

type UpdateParams = Stripe.SubscriptionUpdateParams;

const writable = [
  "cancel_at_period_end",
  "cancel_at",
  "cancellation_details.comment",
  "cancellation_details.feedback",
  "default_payment_method",
  "description",
  "metadata",
  "pause_collection",
  "payment_behavior",
  "trial_settings.end_behavior.missing_payment_method",
  // The customer is never there: a card that asks is declined.
  "off_session",
  ...changeParams,
];

export const subscriptionRoutes = [
  route(
    "get /v1/subscriptions",
    [...paging, "created", "customer", "status", "test_clock"],
    listSubscriptions,
  ),
  route("get /v1/subscriptions/{subscription_exposed_id}", [], ({ state, id }) =>
    state.get("subscription", id),
  ),
  route("post /v1/subscriptions/{subscription_exposed_id}", writable, updateSubscription),
  route<Stripe.SubscriptionCancelParams>(
    "delete /v1/subscriptions/{subscription_exposed_id}",
    ["cancellation_details.comment", "cancellation_details.feedback", "invoice_now", "prorate"],
    async (call) => {
      const { cancellation_details: given, invoice_now: now, prorate } = call.params;
      const subscription = await live(call, call.id);
      const details = detailsOf(given, subscription.cancellation_details);
      return cancelNow(call, subscription, {
        details,
        isInvoiced: now === true,
        isProrated: prorate === true,
      });
    },
  ),
];

async function updateSubscription(call: Call<UpdateParams>): Promise<Subscription> {
  const { params } = call;
  const subscription = await live(call, call.id);
  const method = params.default_payment_method;
  if (method) await methodOfCustomer(call, subscription.customer, method, "default_payment_method");
  if (subscription.schedule && (params.cancel_at !== undefined || params.cancel_at_period_end !== undefined))
    throw invalid(
      `The subscription is managed by the subscription schedule \`${subscription.schedule}\`, and updating any cancelation behavior directly is not allowed.`,
    );
  const behavior = behaviorOf(params.payment_behavior);
  const fields = fieldsOf(call, subscription);
  const change = await readChange(call, subscription, params);
  if (!change) return saveChange(call, subscription, { ...subscription, ...fields });
  await changeable(call, call.id);
  if (behavior !== "pending_if_incomplete") {
    const planned = await planChange(call, { ...subscription, ...fields }, change);
    return applyChange(call, subscription, planned, behavior, null);
  }
  for (const name of notPending)
    if (params[name] !== undefined)
      throw invalid(`You cannot update ${name} with payment_behavior=pending_if_incomplete.`, name);
  const planned = await planChange(call, subscription, change);
  const metadata = params.metadata === undefined ? null : mergeMetadata({}, params.metadata);
  return applyChange(call, subscription, planned, behavior, metadata);
}

/** What a pending update does not hold. */
const notPending = [
  ...(["cancel_at", "cancel_at_period_end", "cancellation_details", "default_payment_method"] as const),
  ...(["description", "pause_collection", "trial_settings"] as const),
];

/** The fields that nothing has to be paid for. */
function fieldsOf(call: Call<UpdateParams>, subscription: Subscription): Partial<Subscription> {
  const { params, at } = call;
  const { default_payment_method: method, description, pause_collection: pause } = params;
  const missing = params.trial_settings?.end_behavior.missing_payment_method;
  const ending = endingAt(call, subscription, cancelAt(call, subscription));
  const details = ending.cancellation_details ?? subscription.cancellation_details;
  return {
    ...ending,
    cancellation_details: { ...details, ...detailsOf(params.cancellation_details, details) },
    metadata: mergeMetadata(subscription.metadata, params.metadata),
    ...(method !== undefined && { default_payment_method: method || null }),
    ...(description !== undefined && { description: description || null }),
    ...(pause !== undefined && { pause_collection: pauseOf(pause, at) }),
    ...(missing && { trial_settings: trialSettings(missing) }),
  };
}

const trialSettings = (missing: string): Subscription["trial_settings"] => ({
  end_behavior: { billing_cycle_anchor: null, missing_payment_method: missing as MissingMethod },
});

/** Why it ends, in the words of its customer. */
const detailsOf = (given: UpdateParams["cancellation_details"], before: CancellationDetails) => ({
  comment: field(given?.comment, before.comment),
  feedback: field(given?.feedback, before.feedback),
});

/** The one date that both ways of asking for an end come down to. */
export function cancelAt(
  { params, at }: Call<Pick<UpdateParams, "cancel_at" | "cancel_at_period_end">>,
  subscription: Subscription,
): number | null {
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

async function live({ state }: Work, id: string): Promise<Subscription> {
  const subscription = await state.get("subscription", id);
  if (isOver(subscription))
    throw invalid(
      "A canceled subscription can only update its cancellation_details and metadata.",
      undefined,
      "subscription_canceled",
    );
  return subscription;
}

/** One whose items can be changed: its first invoice was paid. */
export async function changeable(work: Work, id: string): Promise<Subscription> {
  const subscription = await live(work, id);
  if (subscription.status === "incomplete")
    throw invalid("An incomplete subscription can only update its metadata and default payment method.");
  return subscription;
}

/** Without a status all but the canceled ones, and those on test clocks only when they are asked for. */
function listSubscriptions(call: Call<Stripe.SubscriptionListParams>) {
  const { customer, status, test_clock: clock } = call.params;
  const isOne = status && status !== "all" && status !== "ended";
  return listPage(call, "subscription", {
    body: {
      ...(customer && { customer }),
      ...((clock || !customer) && { test_clock: clock ?? null }),
      ...(isOne && { status }),
    },
    ...(status === "ended" && { oneOf: { field: "status", values: ["canceled", "incomplete_expired"] } }),
    ...(!status && { notBody: { status: "canceled" } }),
  });
}

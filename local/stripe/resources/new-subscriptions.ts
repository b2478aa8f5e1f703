import type Stripe from "stripe";
import { payFirst } from "../billing/apply-change.ts";
import { startSubscription } from "../billing/new-subscription.ts";
import { methodOfCustomer } from "../billing/payment-methods.ts";
import type { Wanted } from "../billing/subscription-items.ts";
import type { MissingMethod, Subscription } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata, need } from "../engine/fields.ts";
import { route } from "../engine/route.ts";
import { day } from "../engine/time.ts";
import type { Call } from "../engine/work.ts";
import { behaviorOf, positive, recurringPrice } from "./subscription-changes.ts";

type Params = Stripe.SubscriptionCreateParams;

export const newSubscriptionRoutes = [
  route<Params>(
    "post /v1/subscriptions",
    [
      ...[
        "customer",
        "items.price",
        "items.quantity",
        "items.metadata",
        "default_payment_method",
        "metadata",
      ],
      ...["description", "payment_behavior", "off_session", "trial_end", "trial_period_days"],
      "trial_settings.end_behavior.missing_payment_method",
    ],
    createSubscription,
  ),
];

/** Without a page: the card is one the customer has stored. */
async function createSubscription(call: Call<Params>): Promise<Subscription> {
  const { params, state } = call;
  const customer = await state.get("customer", need(params.customer, "customer"), "customer");
  const method = params.default_payment_method;
  if (method) await methodOfCustomer(call, customer.id, method, "default_payment_method");
  const behavior = behaviorOf(params.payment_behavior);
  if (behavior === "pending_if_incomplete")
    throw invalid("A new subscription has nothing that could be pending.", "payment_behavior");
  const items = await readItems(call);
  const missing = params.trial_settings?.end_behavior.missing_payment_method;
  const { subscription } = await startSubscription(
    call,
    {
      customer: customer.id,
      currency: items[0]?.price.currency ?? "usd",
      items,
      metadata: mergeMetadata({}, params.metadata),
      description: params.description || null,
      paymentMethod: method ?? null,
      trialEnd: trialEnd(call),
      missingMethod: (missing ?? "create_invoice") as MissingMethod,
      reduction: null,
      isTaxed: false,
    },
    (invoice) => payFirst(call, invoice, behavior),
  );
  return subscription;
}

async function readItems(call: Call<Params>): Promise<Wanted[]> {
  const items: Wanted[] = [];
  for (const [index, given] of need(call.params.items, "items").entries()) {
    const name = `items[${index}]`;
    const price = await recurringPrice(call, need(given.price, `${name}[price]`), `${name}[price]`);
    if (items[0] && items[0].price.currency !== price.currency)
      throw invalid("All prices of a subscription must have the same currency.", `${name}[price]`);
    items.push({
      price,
      quantity: positive(given.quantity ?? 1, `${name}[quantity]`),
      metadata: mergeMetadata({}, given.metadata),
    });
  }
  if (items.length === 0 || items.length > 20)
    throw invalid(`A subscription has 1 to 20 items, this one has ${items.length}.`, "items");
  return items;
}

function trialEnd({ params, at }: Call<Params>): number | null {
  const { trial_end: end, trial_period_days: days } = params;
  if (end !== undefined && days !== undefined)
    throw invalid("You cannot set both trial_end and trial_period_days.", "trial_end");
  if (days !== undefined) return days > 0 ? at + days * day : null;
  if (end === undefined || end === "now") return null;
  if (end <= at) throw invalid("Timestamp must be in the future.", "trial_end");
  return end;
}

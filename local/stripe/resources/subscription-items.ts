import type Stripe from "stripe";
import { applyChange } from "../billing/apply-change.ts";
import { planChange } from "../billing/plan-change.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { missingResource } from "../engine/errors.ts";
import { route } from "../engine/route.ts";
import type { StripeObject } from "../engine/types.ts";
import type { Answer, Call, Work } from "../engine/work.ts";
import { behaviorOf, readChange } from "./subscription-changes.ts";
import { changeable } from "./subscriptions.ts";

type ItemParams = Stripe.SubscriptionItemUpdateParams;

const prorating = ["proration_behavior", "proration_date", "payment_behavior"];

export const subscriptionItemRoutes = [
  route("get /v1/subscription_items", ["subscription", "limit", "starting_after"], listItems),
  route<Stripe.SubscriptionItemCreateParams>(
    "post /v1/subscription_items",
    ["subscription", "price", "quantity", "metadata", ...prorating],
    async (call) => {
      const before = await changeable(call, call.params.subscription);
      const after = await changeItem(call, before, {});
      const known = new Set(before.items.data.map(({ id }) => id));
      const wanted = after.pending_update?.subscription_items ?? after.items.data;
      return wanted.find(({ id }) => !known.has(id)) ?? missing("of the new price");
    },
  ),
  route<ItemParams>(
    "post /v1/subscription_items/{item}",
    ["price", "quantity", "metadata", ...prorating],
    async (call) => {
      const after = await changeItem(call, await ownerOf(call, call.id), { id: call.id });
      return after.items.data.find(({ id }) => id === call.id) ?? missing(call.id);
    },
  ),
  route<ItemParams>(
    "delete /v1/subscription_items/{item}",
    prorating,
    async (call): Promise<StripeObject> => {
      await changeItem(call, await ownerOf(call, call.id), { id: call.id, deleted: true });
      return { id: call.id, object: "subscription_item", deleted: true };
    },
  ),
];

/** One item changed is its subscription changed. */
async function changeItem(
  call: Call<ItemParams>,
  subscription: Subscription,
  which: { id?: string; deleted?: boolean },
): Promise<Subscription> {
  const { price, quantity, metadata, payment_behavior: behavior, ...prorations } = call.params;
  const item = {
    ...which,
    ...(price && { price }),
    ...(quantity !== undefined && { quantity }),
    ...(metadata !== undefined && { metadata }),
  };
  const change = await readChange(call, subscription, { ...prorations, items: [item] });
  if (!change) return subscription;
  const planned = await planChange(call, subscription, change);
  return applyChange(call, subscription, planned, behaviorOf(behavior), null);
}

/** Items live inside their subscription. */
async function ownerOf(work: Work, item: string): Promise<Subscription> {
  const owner = await work.state.ownerOf(item);
  return owner ? changeable(work, owner) : missing(item);
}

function missing(item: string): never {
  throw missingResource("subscription_item", item);
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

import type Stripe from "stripe";
import type { Subscription } from "../engine/billing-types.ts";
import { missingResource } from "../engine/errors.ts";
import type { PortalSession } from "../engine/portal-types.ts";
import type { Customer } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { isOver } from "./subscriptions.ts";

type Features = Stripe.BillingPortal.Configuration.Features;
/** A visit: whose it is, and what the configuration lets its customer do. */
export type Visit = { session: PortalSession; features: Features; customer: Customer };

export async function visit({ state }: Work, id: string): Promise<Visit> {
  const session = await state.get("billing_portal.session", id);
  const { features } = await state.get("billing_portal.configuration", session.configuration);
  return { session, features, customer: await state.get("customer", session.customer) };
}

/** The visit for which a feature is on; without it there is no such page. */
export async function visitFor(work: Work, id: string, feature: keyof Features): Promise<Visit> {
  const visited = await visit(work, id);
  if (!visited.features[feature].enabled) throw missingResource("page", feature);
  return visited;
}

/** The plan a portal page names, if it is its customer's and has not ended (in another tab, say). */
export async function ownSubscription({ state }: Work, customer: string, id: string): Promise<Subscription> {
  const subscription = await state.get("subscription", id);
  if (subscription.customer !== customer || isOver(subscription)) throw missingResource("subscription", id);
  return subscription;
}

export const liveSubscriptions = async ({ state }: Work, customer: string): Promise<Subscription[]> =>
  (await state.list("subscription", { body: { customer } })).filter((one) => !isOver(one));

/** Where a page leads when something was done: a flow may say that it ends in the shop. */
export function afterwards({ id, flow }: PortalSession): string {
  return flow?.after_completion.redirect?.return_url ?? `/portal/${id}`;
}

/** Where a page leads when nothing was done: a flow has no front page. */
export const backFrom = ({ id, flow, return_url: shop }: PortalSession): string =>
  (flow && shop) || `/portal/${id}`;

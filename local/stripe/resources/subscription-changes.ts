import type Stripe from "stripe";
import type { PaymentBehavior } from "../billing/apply-change.ts";
import type { Change, Prorations } from "../billing/plan-change.ts";
import type { ItemChange } from "../billing/subscription-items.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { mergeMetadata } from "../engine/fields.ts";
import type { Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

type Given = Pick<
  Stripe.SubscriptionUpdateParams,
  | "items"
  | "billing_cycle_anchor"
  | "proration_behavior"
  | "proration_date"
  | "trial_end"
  | "payment_behavior"
>;

/** The parameters of a change of plan, here and in a preview. */
export const changeParams = [
  ...["items.id", "items.price", "items.quantity", "items.deleted", "items.metadata"],
  ...["billing_cycle_anchor.type", "proration_behavior", "proration_date", "trial_end"],
];

/** The change that is asked for; undefined: none. */
export async function readChange(
  work: Work,
  subscription: Subscription,
  given: Given,
): Promise<Change | undefined> {
  const isAnchorNew = given.billing_cycle_anchor?.type === "now";
  if (!given.items && !isAnchorNew && given.trial_end === undefined) return undefined;
  if (given.trial_end !== undefined && isAnchorNew)
    throw invalid("You cannot set both trial_end and billing_cycle_anchor.", "trial_end");
  const items: ItemChange[] = [];
  for (const [index, item] of (given.items ?? []).entries()) {
    const name = `items[${index}]`;
    const before = subscription.items.data.find(({ id }) => id === item.id);
    items.push({
      id: item.id,
      isDeleted: item.deleted,
      price: item.price ? await recurringPrice(work, item.price, `${name}[price]`) : undefined,
      quantity: item.quantity === undefined ? undefined : positive(item.quantity, `${name}[quantity]`),
      metadata:
        item.metadata === undefined ? undefined : mergeMetadata(before?.metadata ?? {}, item.metadata),
    });
  }
  return {
    items,
    isAnchorNew,
    prorations: (given.proration_behavior ?? "create_prorations") as Prorations,
    prorationDate: given.proration_date ?? null,
    trialEnd: given.trial_end,
  };
}

export async function recurringPrice({ state }: Work, id: string, param: string): Promise<Price> {
  const price = await state.get("price", id, param);
  if (!price.active)
    throw invalid("The price specified is inactive. This field only accepts active prices.", param);
  if (!price.recurring)
    throw invalid(
      `The price specified is set to \`type=one_time\` but this field only accepts prices with \`type=recurring\`.`,
      param,
    );
  return price;
}

export function positive(quantity: number, param: string): number {
  if (quantity < 1) throw invalid("Invalid positive integer", param, "parameter_invalid_integer");
  return quantity;
}

export const behaviorOf = (given: string | undefined): PaymentBehavior =>
  (given ?? "allow_incomplete") as PaymentBehavior;

import "server-only";
import type Stripe from "stripe";
import { z } from "zod";
import { findPrice } from "@/lib/billing/find-price";
import type { WantedPlan } from "@/lib/billing/wanted-plan";
import { AppError } from "@/lib/errors";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

export type PreparedChange = Awaited<ReturnType<typeof prepareChange>>;
type PreparedItem = PreparedChange["items"][number];

const Happens = z.enum(["now", "period_end", "nothing"]);

/** What the database decides of a change: whether, when, and what becomes of each item. */
export async function prepareChange(accountId: string, { plan, quantity, add_ons }: WantedPlan) {
  const found = await rows(
    serviceClient().rpc("prepare_plan_change", {
      account_id: accountId,
      plan_lookup_key: plan,
      plan_quantity: quantity,
      add_on_keys: Object.keys(add_ons),
      add_on_quantities: Object.values(add_ons),
    }),
  );
  const [first] = found;
  if (!first) throw new AppError("unknown");
  return {
    subscription: first.subscription_id,
    customer: first.customer_id,
    happens: Happens.parse(first.happens),
    state: first.state,
    ticket: first.ticket,
    isTrialing: first.is_trialing,
    asOf: Date.parse(first.as_of) / 1000,
    startsAt: isoTime(first.starts_at),
    nextChargeAt: isoTime(first.next_charge_at),
    creditsPerMonth: first.credits_per_month,
    currency: first.currency,
    items: found.map((row) => ({
      id: maybe(row.item_id),
      quantity: row.quantity,
      now: row.price_key_now ? { price_key: row.price_key_now, quantity: row.quantity_now } : null,
      offer: {
        kind: "price",
        price_key: row.price_key,
        lookup_key: row.lookup_key,
        price_cents: row.price_cents,
        currency: row.currency,
      },
    })),
  };
}

/** Is it another price than the item has, or an item that is not there yet? Such a price must be on sale. */
export const isNew = ({ now, offer }: PreparedItem) => now?.price_key !== offer.price_key;

const isChanged = (item: PreparedItem) => isNew(item) || item.quantity !== item.now?.quantity;

/** What Stripe is told of the items: only what changes. */
export async function changedItems({
  items,
}: PreparedChange): Promise<Stripe.SubscriptionUpdateParams.Item[]> {
  return Promise.all(
    items.filter(isChanged).map(async (item) => {
      const id = item.id === null ? {} : { id: item.id };
      if (item.quantity === 0) return { ...id, deleted: true };
      const price = isNew(item) ? { price: await findPrice(item.offer) } : {};
      return { ...id, ...price, quantity: item.quantity };
    }),
  );
}

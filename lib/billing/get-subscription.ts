import "server-only";
import { cache } from "react";
import { z } from "zod";
import { Interval } from "@/lib/billing/get-catalog";
import type { Database } from "@/lib/database.types";
import { isoTime, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

const SubscriptionItem = z.object({
  lookupKey: z.string(),
  name: z.string(),
  isAddOn: z.boolean(),
  quantity: z.int(),
  maxQuantity: z.int(),
  priceCents: z.int().describe("Of one piece, for one interval."),
  currency: z.string(),
  interval: Interval,
  creditsPerMonth: z.int().describe("Of one piece."),
});
export type SubscriptionItem = z.infer<typeof SubscriptionItem>;

export const SubscriptionDetails = z.object({
  id: z.string(),
  status: z.string().describe("Stripe's word."),
  items: z.array(SubscriptionItem).describe("The plan first, then the add-ons."),
  scheduled: z
    .object({ at: z.iso.datetime(), items: z.array(SubscriptionItem) })
    .nullable()
    .describe("What it becomes when the paid period is over, where a change waits for that."),
  periodEnd: z.iso.datetime(),
  pausedAt: z.iso.datetime().nullable(),
  endsAt: z.iso.datetime().nullable().describe("Set once it is cancelled: it works until then."),
  trialEndsAt: z.iso.datetime().nullable().describe("Set while Stripe charges nothing yet."),
});
export type SubscriptionDetails = z.infer<typeof SubscriptionDetails>;

type Row = Database["public"]["Functions"]["get_subscription"]["Returns"][number];

/** What does the signed-in user subscribe to? Null where Stripe will charge nothing again. */
export const getSubscription = cache(async (): Promise<SubscriptionDetails | null> => {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_subscription"));
  const [first] = found;
  if (!first) return null;
  const scheduledAt = maybeTime(first.scheduled_at);
  return {
    id: first.subscription_id,
    status: first.status,
    items: found.filter((row) => !row.is_later).map(itemOf),
    scheduled: scheduledAt
      ? { at: scheduledAt, items: found.filter((row) => row.is_later).map(itemOf) }
      : null,
    periodEnd: isoTime(first.period_end),
    pausedAt: maybeTime(first.paused_at),
    endsAt: maybeTime(first.cancel_at),
    trialEndsAt: maybeTime(first.trial_end),
  };
});

const itemOf = (row: Row): SubscriptionItem => ({
  lookupKey: row.lookup_key,
  name: row.name,
  isAddOn: row.is_add_on,
  quantity: row.quantity,
  maxQuantity: row.max_quantity,
  priceCents: row.price_cents,
  currency: row.currency,
  interval: Interval.parse(row.billing_interval),
  creditsPerMonth: row.credits_per_month,
});

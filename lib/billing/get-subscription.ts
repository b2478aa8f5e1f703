import "server-only";
import type { Database } from "@/lib/database.types";
import { isoTime, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type SubscriptionItem = {
  lookupKey: string;
  name: string;
  isAddOn: boolean;
  quantity: number;
  maxQuantity: number;
  /** Of one piece, for one interval. */
  priceCents: number;
  currency: string;
  interval: "month" | "year";
};

export type SubscriptionDetails = {
  id: string;
  /** Stripe's word. */
  status: string;
  /** The plan first, then the add-ons. */
  items: SubscriptionItem[];
  /** What it becomes when the paid period is over, where a change waits for that. */
  scheduled: { at: string; items: SubscriptionItem[] } | null;
  periodEnd: string;
  pausedAt: string | null;
  /** Set once it is cancelled: it works until then. */
  endsAt: string | null;
  /** Set while Stripe charges nothing yet. */
  trialEndsAt: string | null;
};

type Row = Database["public"]["Functions"]["get_subscription"]["Returns"][number];

/** What does the signed-in user subscribe to? Null where Stripe will charge nothing again. */
export async function getSubscription(): Promise<SubscriptionDetails | null> {
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
}

const itemOf = (row: Row): SubscriptionItem => ({
  lookupKey: row.lookup_key,
  name: row.name,
  isAddOn: row.is_add_on,
  quantity: row.quantity,
  maxQuantity: row.max_quantity,
  priceCents: row.price_cents,
  currency: row.currency,
  interval: row.billing_interval === "year" ? "year" : "month",
});

import "server-only";
import { cache } from "react";
import { maybeTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type ActivePlan = {
  key: string;
  name: string;
  /** Stripe's word, and `ending` for a plan that is cancelled and paid. */
  status: string;
  lookupKey: string;
  interval: string;
  priceCents: number;
  currency: string;
  creditsPerMonth: number;
  /** Null while a payment is overdue: what comes next depends on it. */
  renewsAt: string | null;
  /** Set once the plan is cancelled: it works until then, and `renewsAt` is null. */
  endsAt: string | null;
  isOverdue: boolean;
};

export type BillingOverview = {
  plan: ActivePlan | null;
  /** The name of the plan that was there before, when there is none now. */
  endedPlan: string | null;
  canTopUp: boolean;
  hasCustomer: boolean;
  freeCreditsPerMonth: number;
  nextFreeCreditsAt: string | null;
};

/** Which plan does the signed-in user have, and what may they buy? */
export const getOverview = cache(async (): Promise<BillingOverview> => {
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("get_billing_overview"));
  const endsAt = maybeTime(row.cancel_at);
  const isOverdue = row.status === "past_due";
  return {
    plan: row.has_active_plan
      ? {
          key: row.plan_key,
          name: row.plan_name,
          status: endsAt && !isOverdue ? "ending" : row.status,
          lookupKey: row.lookup_key,
          interval: row.billing_interval,
          priceCents: row.price_cents,
          currency: row.currency,
          creditsPerMonth: row.credits_per_month,
          renewsAt: endsAt || isOverdue ? null : maybeTime(row.current_period_end),
          endsAt,
          isOverdue,
        }
      : null,
    endedPlan: !row.has_active_plan && row.status === "canceled" ? row.plan_name : null,
    canTopUp: row.can_top_up,
    hasCustomer: row.has_customer,
    freeCreditsPerMonth: row.free_credits_per_month,
    nextFreeCreditsAt: maybeTime(row.next_free_credits_at),
  };
});

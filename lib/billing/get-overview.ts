import "server-only";
import { cache } from "react";
import { z } from "zod";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import type { Database } from "@/lib/database.types";
import { maybe, maybeTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

const ActivePlan = z.object({
  key: z.string(),
  name: z.string(),
  status: z.string().describe("Stripe's word, and `ending` for a plan that is cancelled and paid."),
  lookupKey: z.string(),
  interval: z.string(),
  priceCents: z.int().describe("With all seats and add-ons, as `creditsPerMonth`."),
  currency: z.string(),
  creditsPerMonth: z.int(),
  renewsAt: z.iso
    .datetime()
    .nullable()
    .describe("Null while a payment is overdue: what comes next depends on it."),
  endsAt: z.iso
    .datetime()
    .nullable()
    .describe("Set once the plan is cancelled: it works until then, and `renewsAt` is null."),
  isOverdue: z.boolean(),
  isOnHold: z
    .boolean()
    .describe("Paused, or unpaid for so long that it gives nothing: no other plan can be bought beside it."),
});
export type ActivePlan = z.infer<typeof ActivePlan>;

const Trial = z.object({
  planKey: z.string(),
  planName: z.string(),
  endsAt: z.iso.datetime(),
  daysLeft: z.int().describe("A day that has begun counts."),
  credits: z.int().nullable().describe("What it brings in all; null once a plan is chosen."),
  firstChargeAt: z.iso
    .datetime()
    .nullable()
    .describe(
      "When a plan that is chosen now is first charged; null: at once, for so little is left of the trial.",
    ),
});
/** A trial that runs. */
export type Trial = z.infer<typeof Trial>;

const Refill = z.object({ credits: z.int(), at: z.iso.datetime() });
export type Refill = z.infer<typeof Refill>;

export const BillingOverview = z.object({
  plan: ActivePlan.nullable(),
  trial: Trial.nullable().describe(
    "Beside a plan that was bought during it, and is charged at its end; without one, of a plan to choose.",
  ),
  isErased: z.boolean().describe("The account is closed: it stays as it is, and does nothing more."),
  canBuy: z.boolean().describe("Something is sold to this account; what it has stays either way."),
  canStartTrial: z.boolean(),
  endedPlan: z
    .string()
    .nullable()
    .describe("The name of the plan that was there before, when there is none now."),
  canTopUp: z.boolean(),
  canOpenPortal: z.boolean(),
  freeCreditsPerMonth: z.int(),
  nextFreeCreditsAt: z.iso.datetime().nullable(),
  refill: Refill.nullable().describe("Credits that come by themselves."),
  frozenCredits: z
    .int()
    .describe("Of a dispute, a pause or an unpaid plan: there, but not to be spent for now."),
});
export type BillingOverview = z.infer<typeof BillingOverview>;

/** Which plan does the signed-in user have, and what may they buy? */
export const getOverview = cache(async (): Promise<BillingOverview> => {
  const { id } = await getUserOrThrow();
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("get_billing_overview"));
  const canBuy = billingEnabled(id) && !row.is_erased;
  const endsAt = maybeTime(row.cancel_at);
  const isOverdue = row.status === "past_due";
  const isOnHold = !row.has_active_plan && ["paused", "unpaid", "past_due"].includes(row.status);
  const plan =
    (row.has_active_plan && maybe(row.lookup_key) !== null) || isOnHold
      ? {
          key: row.plan_key,
          name: row.plan_name,
          status: endsAt && !isOverdue && !isOnHold ? "ending" : row.status,
          lookupKey: row.lookup_key,
          interval: row.billing_interval,
          priceCents: row.price_cents,
          currency: row.currency,
          creditsPerMonth: row.credits_per_month,
          renewsAt: endsAt || isOverdue || isOnHold ? null : maybeTime(row.current_period_end),
          endsAt,
          isOverdue,
          isOnHold,
        }
      : null;
  const nextFreeCreditsAt = maybeTime(row.next_free_credits_at);
  return {
    plan,
    trial: trial(row),
    isErased: row.is_erased,
    canBuy,
    canStartTrial: canBuy && row.can_start_trial,
    endedPlan: !row.has_active_plan && row.status === "canceled" ? row.plan_name : null,
    canTopUp: canBuy && row.can_top_up,
    canOpenPortal: canBuy && row.has_customer,
    freeCreditsPerMonth: row.free_credits_per_month,
    nextFreeCreditsAt,
    refill: refill(plan, row.free_credits_per_month, nextFreeCreditsAt),
    frozenCredits: row.frozen_credits,
  };
});

/** A yearly plan's credits come month by month, on dates that only its buckets know. */
function refill(plan: ActivePlan | null, freeCredits: number, freeAt: string | null): Refill | null {
  if (!plan || plan.isOnHold) return freeCredits > 0 && freeAt ? { credits: freeCredits, at: freeAt } : null;
  if (plan.interval !== "month" || !plan.renewsAt) return null;
  return { credits: plan.creditsPerMonth, at: plan.renewsAt };
}

type Row = Database["public"]["Functions"]["get_billing_overview"]["Returns"][number];

function trial(row: Row): Trial | null {
  const endsAt = maybeTime(row.trial_ends_at);
  return endsAt
    ? {
        planKey: row.plan_key,
        planName: row.plan_name,
        endsAt,
        daysLeft: row.trial_days_left,
        credits: maybe(row.trial_credits),
        firstChargeAt: maybeTime(row.first_charge_at),
      }
    : null;
}

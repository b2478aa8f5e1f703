import "server-only";
import { cache } from "react";
import { maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type Price = { lookupKey: string; interval: "month" | "year"; priceCents: number; currency: string };

export type TrialTerms = { days: number; credits: number };

export type Plan = {
  key: string;
  name: string;
  description: string;
  features: string[];
  creditsPerMonth: number;
  isFree: boolean;
  isAddOn: boolean;
  /** Offered to this account alone. */
  isCustom: boolean;
  /** Seats of a plan, pieces of an add-on. */
  maxQuantity: number;
  trial: TrialTerms | null;
  prices: Price[];
};

export type Pack = {
  lookupKey: string;
  name: string;
  credits: number;
  priceCents: number;
  currency: string;
};

/** Add-ons are bought beside a plan. */
export type Catalog = { plans: Plan[]; addOns: Plan[]; packs: Pack[] };

/** What is on sale? */
export const getCatalog = cache(async (): Promise<Catalog> => {
  const supabase = await userClient();
  const [planRows, packRows] = await Promise.all([
    rows(supabase.rpc("get_plans")),
    rows(supabase.rpc("get_packs")),
  ]);
  const plans = new Map<string, Plan>();
  for (const row of planRows) {
    const plan = plans.get(row.plan_key) ?? {
      key: row.plan_key,
      name: row.plan_name,
      description: row.description,
      features: row.features,
      creditsPerMonth: row.credits_per_month,
      isFree: row.is_free,
      isAddOn: row.is_add_on,
      isCustom: row.is_custom,
      maxQuantity: row.max_quantity,
      trial: trialOf(row),
      prices: [],
    };
    if (row.lookup_key) {
      plan.prices.push({
        lookupKey: row.lookup_key,
        interval: row.billing_interval === "year" ? "year" : "month",
        priceCents: row.price_cents,
        currency: row.currency,
      });
    }
    plans.set(row.plan_key, plan);
  }
  const packs = packRows.map((row) => ({
    lookupKey: row.lookup_key,
    name: row.name,
    credits: row.credits,
    priceCents: row.price_cents,
    currency: row.currency,
  }));
  const all = [...plans.values()];
  return {
    plans: all.filter(({ isAddOn }) => !isAddOn),
    addOns: all.filter(({ isAddOn }) => isAddOn),
    packs,
  };
});

function trialOf({ trial_days, trial_credits }: { trial_days: number; trial_credits: number }) {
  const [days, credits] = [maybe(trial_days), maybe(trial_credits)];
  return days === null || credits === null ? null : { days, credits };
}

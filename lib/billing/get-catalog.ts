import "server-only";
import { cache } from "react";
import { getCurrency } from "@/lib/billing/currency";
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

/** In one currency, with the others in which something is sold. */
type LocalCatalog = Catalog & { currency: string; currencies: string[]; isCurrencyFixed: boolean };

/** What is on sale to this visitor, in the currency that is shown? A plan for one account is shown in its own. */
export const getCatalog = cache(async (): Promise<LocalCatalog> => {
  const { plans, addOns, packs } = await getWholeCatalog();
  const all = [...plans, ...addOns].flatMap((plan) => (plan.isCustom ? [] : plan.prices));
  const currencies = [...new Set([...all, ...packs].map(({ currency }) => currency))].sort();
  const { currency, isFixed } = await getCurrency(currencies);
  const isShown = (one: { currency: string }) => one.currency === currency;
  const shown = (plan: Plan): Plan =>
    plan.isCustom ? plan : { ...plan, prices: plan.prices.filter(isShown) };
  const isOffered = ({ isFree, prices }: Plan) => isFree || prices.length > 0;
  return {
    plans: plans.map(shown).filter(isOffered),
    addOns: addOns.map(shown).filter(isOffered),
    packs: packs.filter(isShown),
    ...{ currency, currencies, isCurrencyFixed: isFixed },
  };
});

/** What is on sale, in every currency? */
export const getWholeCatalog = cache(async (): Promise<Catalog> => {
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

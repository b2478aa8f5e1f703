import "server-only";
import { cache } from "react";
import { z } from "zod";
import { getCurrency } from "@/lib/billing/currency";
import type { Database } from "@/lib/database.types";
import { maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const Interval = z.enum(["month", "year"]);

const Price = z.object({
  lookupKey: z.string(),
  interval: Interval,
  priceCents: z.int(),
  currency: z.string(),
});
export type Price = z.infer<typeof Price>;

const TrialTerms = z.object({ days: z.int(), credits: z.int() });
export type TrialTerms = z.infer<typeof TrialTerms>;

const Refund = z.enum(["none", "prorated", "full"]);
export type Refund = z.infer<typeof Refund>;

const Terms = z
  .object({
    expiry: z.enum(["period_end", "duration", "never"]),
    expiresAfterDays: z.int().nullable().describe("Set where it is a duration."),
    graceHours: z.int().describe("How long credits outlive the period that was paid for."),
    rollover: z.enum(["none", "all", "capped"]),
    rolloverMaxCredits: z.int().nullable(),
    rolloverPercent: z.int().nullable().describe("Of the credits of a period."),
    rolloverPeriods: z.int().nullable().describe("How often a credit is carried over; null: always."),
    refund: Refund.describe("What is offered of a payment."),
  })
  .describe("What becomes of credits.");
export type Terms = z.infer<typeof Terms>;

const Plan = z.object({
  key: z.string(),
  name: z.string(),
  description: z.string(),
  features: z.array(z.string()),
  creditsPerMonth: z.int(),
  isFree: z.boolean(),
  isAddOn: z.boolean(),
  isCustom: z.boolean().describe("Offered to this account alone."),
  maxQuantity: z.int().describe("Seats of a plan, pieces of an add-on."),
  trial: TrialTerms.nullable(),
  terms: Terms,
  prices: z.array(Price),
});
export type Plan = z.infer<typeof Plan>;

const Pack = z.object({
  lookupKey: z.string(),
  name: z.string(),
  credits: z.int(),
  priceCents: z.int(),
  currency: z.string(),
});
export type Pack = z.infer<typeof Pack>;

const SoldPack = Pack.extend({
  needsPlan: z.boolean().describe("Sold to who has a plan or a trial."),
  expiresAfterDays: z.int().nullable().describe("Null: its credits do not expire."),
  refund: Refund.describe("What is offered of the payment."),
});
export type SoldPack = z.infer<typeof SoldPack>;

/** Add-ons are bought beside a plan. */
export const Catalog = z.object({ plans: z.array(Plan), addOns: z.array(Plan), packs: z.array(SoldPack) });
export type Catalog = z.infer<typeof Catalog>;

/** In one currency, with the others in which something is sold. */
export const LocalCatalog = Catalog.extend({
  currency: z.string(),
  currencies: z.array(z.string()),
  isCurrencyFixed: z.boolean().describe("Something was paid in it, and an account pays in one currency."),
});
type LocalCatalog = z.infer<typeof LocalCatalog>;

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
      terms: termsOf(row),
      prices: [],
    };
    if (row.lookup_key) {
      plan.prices.push({
        lookupKey: row.lookup_key,
        interval: Interval.parse(row.billing_interval),
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
    needsPlan: row.requires_active_subscription,
    expiresAfterDays: maybe(row.expires_after_days),
    refund: Refund.parse(row.refund),
  }));
  const all = [...plans.values()];
  return {
    plans: all.filter(({ isAddOn }) => !isAddOn),
    addOns: all.filter(({ isAddOn }) => isAddOn),
    packs,
  };
});

type Row = Database["public"]["Functions"]["get_plans"]["Returns"][number];

function termsOf(row: Row): Terms {
  return Terms.parse({
    expiry: row.expiry,
    expiresAfterDays: maybe(row.expires_after_days),
    graceHours: row.renewal_grace_hours,
    rollover: row.rollover,
    rolloverMaxCredits: maybe(row.rollover_max_credits),
    rolloverPercent: maybe(row.rollover_percent),
    rolloverPeriods: maybe(row.rollover_periods),
    refund: row.refund,
  });
}

function trialOf({ trial_days, trial_credits }: Row) {
  const [days, credits] = [maybe(trial_days), maybe(trial_credits)];
  return days === null || credits === null ? null : { days, credits };
}

import "server-only";
import { getLocale, getTranslations } from "next-intl/server";
import type { Plan } from "@/lib/billing/get-catalog";
import { formatsFor } from "@/lib/format";
import type { Words } from "@/lib/i18n/words";
import { maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";
import { inWords } from "@/lib/utils";

export type Cell =
  | { is: "included" }
  | { is: "missing" }
  | { is: "unlimited" }
  | { is: "text"; text: string };
type ComparisonRow = { label: string; cells: Cell[] };
/** A cell for each of the plans, in their order. */
export type Comparison = { plans: { key: string; name: string }[]; rows: ComparisonRow[] };

type Format = (value: number) => string;
type Allowed = Awaited<ReturnType<typeof readAllowed>>[number];

const included: Cell = { is: "included" };
const missing: Cell = { is: "missing" };
const unlimited: Cell = { is: "unlimited" };
const text = (words: string): Cell => ({ is: "text", text: words });

/** What do these plans include, side by side? What is the same for no plan at all is left out. */
export async function getComparison(plans: Plan[], addOns: Plan[]): Promise<Comparison> {
  const [allowed, words, locale] = await Promise.all([readAllowed(), getTranslations("plans"), getLocale()]);
  const { number } = formatsFor(locale);
  const names = featureNames([...plans, ...addOns]);
  const own = ownRows(plans, words, number);
  const of = (kind: string) =>
    allowed.filter((row) => row.kind === kind && plans.some(({ key }) => key === row.planKey));
  const limits = group(of("entitlement"), ({ key }) => key).map((found) => ({
    label: names.get(found[0].key) ?? inWords(found[0].key),
    cells: limitCells(found, plans, number),
  }));
  const caps = group(of("cap"), ({ key, per }) => `${key} ${per}`).map((found) => ({
    label: words("rowCap", { per: found[0].per, operation: found[0].name }),
    cells: capCells(found, plans, number),
  }));
  const known = new Set([...limits, ...own].map(({ label }) => label));
  return {
    plans: plans.map(({ key, name }) => ({ key, name })),
    rows: [...own, ...limits, ...caps, ...sharedFeatures(plans).filter(({ label }) => !known.has(label))],
  };
}

async function readAllowed() {
  const found = await rows((await userClient()).rpc("get_comparison"));
  return found.map((row) => ({
    planKey: row.plan_key,
    kind: row.kind,
    key: row.key,
    name: maybe(row.name) ?? row.key,
    per: maybe(row.per) ?? "",
    max: maybe(row.max_count),
  }));
}

/** What every plan has in some measure. */
function ownRows(plans: Plan[], words: Words<"plans">, number: Format): ComparisonRow[] {
  const row = (label: string, cellOf: (plan: Plan) => Cell) => ({ label, cells: plans.map(cellOf) });
  const hasSeats = plans.some(({ maxQuantity }) => maxQuantity > 1);
  return [
    row(words(hasSeats ? "rowCreditsPerSeat" : "rowCredits"), (plan) => text(number(plan.creditsPerMonth))),
    ...(hasSeats
      ? [
          row(words("rowSeats"), ({ maxQuantity }) =>
            text(maxQuantity > 1 ? words("upTo", { count: number(maxQuantity) }) : number(1)),
          ),
        ]
      : []),
    ...(plans.some(({ trial }) => trial)
      ? [row(words("rowTrial"), ({ trial }) => (trial ? text(words("days", { days: trial.days })) : missing))]
      : []),
  ];
}

/** A feature is there or not; of what is counted a plan has none, so many, or any number. */
function limitCells(found: Allowed[], plans: Plan[], number: Format): Cell[] {
  const isCounted = found.some(({ max }) => max !== null);
  return plans.map((plan) => {
    const row = found.find(({ planKey }) => planKey === plan.key);
    if (!row || row.max === 0) return missing;
    if (row.max === null) return isCounted ? unlimited : included;
    return text(number(row.max));
  });
}

/** What a plan does not cap may be done any number of times; a cap of none keeps it out. */
function capCells(found: Allowed[], plans: Plan[], number: Format): Cell[] {
  return plans.map((plan) => {
    const row = found.find(({ planKey }) => planKey === plan.key);
    if (!row || row.max === null) return unlimited;
    return row.max === 0 ? missing : text(number(row.max));
  });
}

/** What one plan alone names is praise of that plan; what several name is compared. */
function sharedFeatures(plans: Plan[]): ComparisonRow[] {
  const all = [...new Set(plans.flatMap(({ features }) => features))];
  return all.flatMap((label) => {
    const has = plans.map(({ features }) => features.includes(label));
    return has.filter(Boolean).length > 1
      ? [{ label, cells: has.map((one) => (one ? included : missing)) }]
      : [];
  });
}

/** A catalog has no other words for an entitlement than those of a feature that reads like its key: "API access". */
function featureNames(plans: Plan[]): Map<string, string> {
  const asKey = (feature: string) => feature.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  return new Map(plans.flatMap(({ features }) => features.map((feature) => [asKey(feature), feature])));
}

/** In the order in which each is first found; no group is empty. */
function group<T>(all: T[], keyOf: (one: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const one of all) {
    const found = groups.get(keyOf(one));
    if (found) found.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return [...groups.values()];
}

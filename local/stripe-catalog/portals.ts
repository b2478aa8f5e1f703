import type Stripe from "stripe";
import { cancelFeedback } from "../../supabase/functions/_shared/stripe-fields.ts";
import { type Account, changed, type Difference, namesOf } from "./account.ts";
import { type CatalogRow, keyOfPrice, productId, stampOf } from "./catalog.ts";
import { findPrice } from "./prices.ts";

type Configuration = Stripe.BillingPortal.Configuration;
type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

/** A customer pays in one currency, so that each has a portal with the plans in it. */
export function portalDifferences(account: Account, rows: CatalogRow[]): Difference[] {
  const currencies = [...new Set(rows.filter(({ is_sold }) => is_sold).map(({ currency }) => currency))];
  const ours = account.portals.filter(({ metadata }) => metadata?.coffer_portal !== undefined);
  const kept = new Map(
    currencies.map((one) => [one, ours.find(({ metadata }) => metadata?.coffer_portal === one)]),
  );
  return [
    ...[...kept].flatMap(([currency, known]) => differencesOf(account, rows, currency, known)),
    ...ours
      .filter((one) => ![...kept.values()].includes(one))
      .map(
        ({ id, metadata }): Difference => ({
          kind: "orphaned",
          what: `portal ${id}`,
          how: `nothing is sold in ${metadata?.coffer_portal}, or another portal shows it`,
          async mend() {
            await account.stripe.billingPortal.configurations.update(id, { active: false });
            return undefined;
          },
        }),
      ),
  ];
}

function differencesOf(
  account: Account,
  rows: CatalogRow[],
  currency: string,
  known: Configuration | undefined,
): Difference[] {
  const { configurations } = account.stripe.billingPortal;
  const what = `portal in ${currency}`;
  const plans = plansIn(rows, currency);
  const wanted = summaryOf(plans);
  const metadata = { coffer_portal: currency, coffer: stampOf(wanted) };
  // The ids of prices are known once they have been made.
  const params = () => ({ name: `Plans in ${currency}`, features: featuresOf(account, plans), metadata });
  if (!known)
    return [
      {
        kind: "missing",
        what,
        how: `${plans.length} plans to switch between, cancelling, card, invoices, address and tax id`,
        async mend() {
          await configurations.create(params());
          return undefined;
        },
      },
    ];
  const is = summaryAtStripe(account, known);
  const how = namesOf(is, wanted);
  if (how === "") return [];
  return [
    {
      kind: changed(known.metadata, stampOf(is)),
      what,
      how,
      async mend() {
        await configurations.update(known.id, params());
        return undefined;
      },
    },
  ];
}

type PlanPrices = { product: string; maxQuantity: number; prices: CatalogRow[] };

/** For everyone: no add-ons, which a portal cannot change, and no custom plans. Stripe takes ten products. */
function plansIn(rows: CatalogRow[], currency: string): PlanPrices[] {
  const shown = rows.filter(
    (row) =>
      row.kind === "price" && row.is_sold && !row.is_add_on && !row.is_custom && row.currency === currency,
  );
  const products = [...new Set(shown.map(productId))].sort().slice(0, 10);
  return products.map((product) => {
    const prices = shown.filter((row) => productId(row) === product);
    return { product, maxQuantity: Math.max(...prices.map((row) => row.max_quantity)), prices };
  });
}

const updates = ["address", "tax_id"];
// What costs less waits for the end of the period, as in the app.
const later = ["decreasing_item_amount", "shortening_interval"];
const adjustable = (maximum: number) =>
  maximum > 1 ? { enabled: true, minimum: 1, maximum } : { enabled: false };
const allowedUpdates = (plans: PlanPrices[]) =>
  plans.some(({ maxQuantity }) => maxQuantity > 1) ? ["price", "quantity"] : ["price"];

const featuresOf = (account: Account, plans: PlanPrices[]): Features => ({
  customer_update: { enabled: true, allowed_updates: updates },
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: {
    enabled: true,
    mode: "at_period_end",
    proration_behavior: "none",
    cancellation_reason: { enabled: true, options: [...cancelFeedback] },
  },
  subscription_update:
    plans.length === 0
      ? { enabled: false }
      : {
          enabled: true,
          default_allowed_updates: allowedUpdates(plans),
          proration_behavior: "always_invoice",
          schedule_at_period_end: { conditions: later.map((type) => ({ type })) },
          products: plans.map(({ product, maxQuantity, prices }) => ({
            product,
            prices: prices.map((row) => findPrice(account, row)?.id ?? ""),
            adjustable_quantity: adjustable(maxQuantity),
          })),
        },
});

/** The same in words that can be compared: prices by their keys, lists in one order. */
const summaryOf = (plans: PlanPrices[]) => ({
  "what a customer changes": [...updates].sort(),
  invoices: true,
  card: true,
  cancelling: ["at_period_end", "none", ...[...cancelFeedback].sort()],
  "changing plans": plans.length === 0 ? [] : ["always_invoice", ...allowedUpdates(plans), ...later],
  plans: plans.map(({ product, maxQuantity, prices }) => [
    product,
    maxQuantity,
    ...prices.map(({ key }) => key).sort(),
  ]),
});

function summaryAtStripe({ prices }: Account, { features }: Configuration) {
  const { customer_update: customer, subscription_cancel: cancel, subscription_update: change } = features;
  const keyOf = (id: string) => {
    const price = prices.get(id);
    return (price && keyOfPrice(price)) ?? id;
  };
  return {
    "what a customer changes": customer.enabled ? [...customer.allowed_updates].sort() : [],
    invoices: features.invoice_history.enabled,
    card: features.payment_method_update.enabled,
    cancelling: cancel.enabled
      ? [
          cancel.mode,
          cancel.proration_behavior,
          ...(cancel.cancellation_reason.enabled ? [...cancel.cancellation_reason.options].sort() : []),
        ]
      : [],
    "changing plans": change.enabled
      ? [
          change.proration_behavior,
          ...[...change.default_allowed_updates].sort(),
          ...change.schedule_at_period_end.conditions.map(({ type }) => type).sort(),
        ]
      : [],
    plans: (change.products ?? [])
      .map(({ product, prices: ids, adjustable_quantity: { enabled, maximum } }) => [
        product,
        enabled ? (maximum ?? 0) : 1,
        ...ids.map(keyOf).sort(),
      ])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  };
}

import type Stripe from "stripe";
import { reasonLabels } from "./billing/portal-ending.ts";
import type { CatalogRow } from "./catalog.ts";
import { newId } from "./engine/ids.ts";
import type { PortalConfiguration } from "./engine/portal-types.ts";
import type { Price } from "./engine/types.ts";
import type { Work } from "./engine/work.ts";

type Product = Stripe.BillingPortal.Configuration.Features.SubscriptionUpdate.Product;

/** The sandbox's own configuration offers the catalog's plans. Once the account has changed it, it is the account's. */
export async function syncConfiguration(
  work: Work,
  sold: { row: CatalogRow; price: Price }[],
): Promise<void> {
  const { state, at } = work;
  const products = productsOf(sold);
  const [known] = await state.list("billing_portal.configuration", { body: { is_default: true } });
  if (!known) await state.insert(newConfiguration(at, products));
  else if (known.updated === known.created) {
    const subscription_update = { ...known.features.subscription_update, products };
    await state.save({ ...known, features: { ...known.features, subscription_update } });
  }
}

/** Add-ons and plans for one account are not switched to by hand. */
function productsOf(sold: { row: CatalogRow; price: Price }[]): Product[] {
  const products = new Map<string, Product>();
  for (const { row, price } of sold.filter(({ row }) => row.is_switched_to)) {
    const known = products.get(price.product);
    if (known) known.prices.push(price.id);
    else
      products.set(price.product, {
        product: price.product,
        prices: [price.id],
        adjustable_quantity: { enabled: row.max_quantity > 1, minimum: 1, maximum: row.max_quantity },
      });
  }
  return [...products.values()].slice(0, 10);
}

/** What costs more begins at once and is paid at once; what costs less begins with the next period. */
function newConfiguration(at: number, products: Product[]): PortalConfiguration {
  return {
    id: newId("bpc", 24),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: at,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: ["name", "email", "address", "tax_id"], enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true, payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: true, feedback_options: null, options: Object.keys(reasonLabels) },
        enabled: true,
        mode: "at_period_end",
        proration_behavior: "none",
      },
      subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: true },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: ["price", "quantity"],
        enabled: products.length > 0,
        products,
        proration_behavior: "always_invoice",
        schedule_at_period_end: {
          conditions: [{ type: "decreasing_item_amount" }, { type: "shortening_interval" }],
        },
        trial_update_behavior: "continue_trial",
      },
    },
    is_default: true,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: at,
  };
}

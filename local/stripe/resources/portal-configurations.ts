import type Stripe from "stripe";
import { invalid } from "../engine/errors.ts";
import { field, mergeMetadata } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import type { PortalConfiguration } from "../engine/portal-types.ts";
import { route } from "../engine/route.ts";
import type { Call, Work } from "../engine/work.ts";

type Params = Stripe.BillingPortal.ConfigurationUpdateParams;
type Features = PortalConfiguration["features"];

const writable = ["features", "name", "default_return_url", "metadata"];

export const portalConfigurationRoutes = [
  route("post /v1/billing_portal/configurations", writable, createConfiguration),
  route<Stripe.BillingPortal.ConfigurationListParams>(
    "get /v1/billing_portal/configurations",
    [...paging, "active", "is_default"],
    (call) => {
      const { active, is_default } = call.params;
      return listPage(call, "billing_portal.configuration", {
        body: { ...(active !== undefined && { active }), ...(is_default !== undefined && { is_default }) },
      });
    },
  ),
  route(
    "post /v1/billing_portal/configurations/{configuration}",
    ["active", ...writable],
    updateConfiguration,
  ),
];

async function createConfiguration(call: Call<Params>): Promise<PortalConfiguration> {
  const made = newConfiguration(call.at, false);
  return call.state.insert(await changed(call, made));
}

async function updateConfiguration(call: Call<Params>): Promise<PortalConfiguration> {
  const before = await call.state.get("billing_portal.configuration", call.id);
  if (call.params.active === false && before.is_default)
    throw invalid("You cannot deactivate the default configuration.", "active");
  return call.state.save({ ...(await changed(call, before)), updated: call.at });
}

async function changed(call: Call<Params>, before: PortalConfiguration): Promise<PortalConfiguration> {
  const { params } = call;
  const { subscription_update: change } = params.features ?? {};
  return {
    ...before,
    active: params.active ?? before.active,
    default_return_url: field(params.default_return_url, before.default_return_url),
    features: {
      ...changedFeatures(before.features, params.features),
      subscription_update: {
        ...before.features.subscription_update,
        ...given(change, ["billing_cycle_anchor", "enabled", "proration_behavior", "trial_update_behavior"]),
        ...(change?.default_allowed_updates !== undefined && {
          default_allowed_updates: change.default_allowed_updates || [],
        }),
        ...(change?.products !== undefined && { products: await productsOf(call, change.products || []) }),
        ...(change?.schedule_at_period_end && {
          schedule_at_period_end: { conditions: change.schedule_at_period_end.conditions || [] },
        }),
      },
    },
    metadata: mergeMetadata(before.metadata, params.metadata),
    name: field(params.name, before.name),
  };
}

function changedFeatures(before: Features, features: Params["features"]) {
  const { subscription_cancel: cancel, customer_update: customer } = features ?? {};
  const reason = { ...before.subscription_cancel.cancellation_reason, ...cancel?.cancellation_reason };
  return {
    customer_update: {
      ...before.customer_update,
      ...given(customer, ["enabled"]),
      ...(customer?.allowed_updates !== undefined && { allowed_updates: customer.allowed_updates || [] }),
    },
    invoice_history: { ...before.invoice_history, ...features?.invoice_history },
    payment_method_update: {
      ...before.payment_method_update,
      ...given(features?.payment_method_update, ["enabled"]),
    },
    subscription_cancel: {
      ...before.subscription_cancel,
      ...given(cancel, ["enabled", "mode", "proration_behavior"]),
      cancellation_reason: {
        enabled: reason.enabled,
        feedback_options: null,
        options: reason.options || [],
      },
    },
    subscription_pause: before.subscription_pause,
  };
}

/** The fields of these names that were given; the schema has read them. */
function given<T extends object, K extends keyof T>(from: T | undefined, names: K[]) {
  const found = names.filter((name) => from?.[name] !== undefined).map((name) => [name, from?.[name]]);
  return Object.fromEntries(found) as { [N in K]: NonNullable<T[N]> };
}

async function productsOf(
  { state }: Work,
  products: Stripe.BillingPortal.ConfigurationUpdateParams.Features.SubscriptionUpdate.Product[],
) {
  const name = "features[subscription_update][products]";
  if (products.length > 10) throw invalid("You can list at most 10 products.", name);
  for (const { product, prices } of products) {
    await state.get("product", product, name);
    for (const id of prices) {
      const price = await state.get("price", id, name);
      if (price.product !== product || !price.recurring)
        throw invalid(`The price ${id} is not a recurring price of ${product}.`, name);
    }
  }
  return products.map(({ product, prices, adjustable_quantity: quantity }) => ({
    product,
    prices,
    adjustable_quantity: {
      enabled: quantity?.enabled ?? false,
      maximum: quantity?.maximum ?? null,
      minimum: quantity?.minimum ?? (quantity?.enabled ? 1 : 0),
    },
  }));
}

/** Invoices, the card, and cancelling at the period's end: as an account's default is when it was saved once. */
export function newConfiguration(at: number, isDefault: boolean): PortalConfiguration {
  return {
    id: newId("bpc", 24),
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: at,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true, payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: false, feedback_options: null, options: [] },
        enabled: true,
        mode: "at_period_end",
        proration_behavior: "none",
      },
      subscription_pause: { duration: { interval_options: [], type: "indefinite" }, enabled: false },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: [],
        enabled: false,
        proration_behavior: "none",
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: "end_trial",
      },
    },
    is_default: isDefault,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: at,
  };
}

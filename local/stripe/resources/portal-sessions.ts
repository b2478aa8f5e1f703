import type Stripe from "stripe";
import { invalid } from "../engine/errors.ts";
import { need, webAddress } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { PortalSession, StripeObject } from "../engine/types.ts";
import type { Call, Work } from "../engine/work.ts";

export const portalSessionRoutes = [
  route(
    "post /v1/billing_portal/sessions",
    ["customer", "return_url", "configuration", "locale"],
    createSession,
  ),
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
];

async function createSession(call: Call<Stripe.BillingPortal.SessionCreateParams>): Promise<PortalSession> {
  const { params, state, at } = call;
  const customer = await state.get("customer", need(params.customer, "customer"), "customer");
  if (params.return_url) webAddress(params.return_url, "return_url");
  const configuration = params.configuration
    ? await state.get("billing_portal.configuration", params.configuration, "configuration")
    : await defaultConfiguration(call);
  const id = newId("bps", 24);
  return state.insert<PortalSession>({
    id,
    object: "billing_portal.session",
    after_expiration: null,
    configuration: configuration.id,
    created: at,
    customer: customer.id,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? null,
    url: `${state.publicUrl}/portal/${id}`,
  });
}

async function defaultConfiguration(work: Work): Promise<StripeObject> {
  const [found] = await work.state.list("billing_portal.configuration", { body: { is_default: true } });
  if (!found)
    throw invalid("No configuration provided and your test mode default configuration has not been created.");
  return found;
}

/** The configuration the sandbox starts with: invoices, the card, and cancelling at the period's end. */
export function newConfiguration(at: number): StripeObject {
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
    is_default: true,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: at,
  };
}

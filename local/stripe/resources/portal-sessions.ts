import type Stripe from "stripe";
import { invalid } from "../engine/errors.ts";
import { need, webAddress } from "../engine/fields.ts";
import { newId } from "../engine/ids.ts";
import type { PortalConfiguration, PortalSession } from "../engine/portal-types.ts";
import { route } from "../engine/route.ts";
import type { Call, Work } from "../engine/work.ts";
import { flowParams, flowPath, readFlow } from "./portal-flows.ts";

export const portalSessionRoutes = [
  route(
    "post /v1/billing_portal/sessions",
    ["customer", "return_url", "configuration", "locale", ...flowParams],
    createSession,
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
  const flow = await readFlow(call, { customer: customer.id, features: configuration.features });
  return state.insert<PortalSession>({
    id,
    object: "billing_portal.session",
    after_expiration: null,
    configuration: configuration.id,
    created: at,
    customer: customer.id,
    customer_account: null,
    flow,
    livemode: false,
    locale: params.locale ?? null,
    on_behalf_of: null,
    return_url: params.return_url ?? null,
    url: `${state.publicUrl}/portal/${id}${flow ? flowPath(flow) : ""}`,
  });
}

async function defaultConfiguration(work: Work): Promise<PortalConfiguration> {
  const [found] = await work.state.list("billing_portal.configuration", { body: { is_default: true } });
  if (!found)
    throw invalid("No configuration provided and your test mode default configuration has not been created.");
  return found;
}

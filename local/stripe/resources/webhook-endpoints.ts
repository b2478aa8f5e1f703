import type Stripe from "stripe";
import { newEndpoint, stopDeliveries, type WebhookEndpoint } from "../engine/endpoints.ts";
import { field, mergeMetadata, webAddress } from "../engine/fields.ts";
import { newId, randomText } from "../engine/ids.ts";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { StripeObject } from "../engine/types.ts";
import type { Call } from "../engine/work.ts";

export const webhookEndpointRoutes = [
  route(
    "post /v1/webhook_endpoints",
    ["url", "enabled_events", "api_version", "description", "metadata"],
    createEndpoint,
  ),
  route<Stripe.WebhookEndpointListParams>("get /v1/webhook_endpoints", paging, (call) =>
    listPage(call, "webhook_endpoint", {}),
  ),
  route("get /v1/webhook_endpoints/{webhook_endpoint}", [], ({ state, id }) =>
    state.get("webhook_endpoint", id),
  ),
  route(
    "post /v1/webhook_endpoints/{webhook_endpoint}",
    ["url", "enabled_events", "disabled", "description", "metadata"],
    updateEndpoint,
  ),
  route("delete /v1/webhook_endpoints/{webhook_endpoint}", [], deleteEndpoint),
];

/** Only this answer has the secret by which the endpoint knows that an event is Stripe's. */
async function createEndpoint(call: Call<Stripe.WebhookEndpointCreateParams>): Promise<StripeObject> {
  const { params, state, at } = call;
  const secret = `whsec_${randomText(32)}`;
  const endpoint: WebhookEndpoint = {
    ...newEndpoint({
      id: newId("we", 24),
      created: at,
      url: webAddress(params.url, "url"),
      enabled_events: params.enabled_events,
    }),
    api_version: params.api_version ?? null,
    description: params.description || null,
    metadata: mergeMetadata({}, params.metadata),
  };
  await state.insert(endpoint, { secret });
  return { ...endpoint, secret };
}

async function updateEndpoint(call: Call<Stripe.WebhookEndpointUpdateParams>): Promise<WebhookEndpoint> {
  const { params, state, id } = call;
  const before = await state.get("webhook_endpoint", id);
  const isDisabled = params.disabled ?? before.status === "disabled";
  if (isDisabled) await stopDeliveries(state, id);
  return state.save<WebhookEndpoint>({
    ...before,
    url: params.url === undefined ? before.url : webAddress(params.url, "url"),
    enabled_events: params.enabled_events ?? before.enabled_events,
    description: field(params.description, before.description),
    metadata: mergeMetadata(before.metadata, params.metadata),
    status: isDisabled ? "disabled" : "enabled",
  });
}

async function deleteEndpoint({ state, id }: Call<unknown>): Promise<StripeObject> {
  const { object } = await state.get("webhook_endpoint", id);
  await stopDeliveries(state, id);
  await state.remove(id);
  return { id, object, deleted: true };
}

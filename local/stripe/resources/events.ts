import type Stripe from "stripe";
import { listPage, paging } from "../engine/lists.ts";
import { route } from "../engine/route.ts";
import type { Call } from "../engine/work.ts";

export const eventRoutes = [
  route("get /v1/events", [...paging, "created", "type", "types", "delivery_success"], listEvents),
  route("get /v1/events/{id}", [], ({ state, id }) => state.get("event", id)),
];

function listEvents(call: Call<Stripe.EventListParams>) {
  const { type, types, delivery_success: isDelivered } = call.params;
  const pending = { pending_webhooks: 1 };
  return listPage(call, "event", {
    ...(type && { body: { type } }),
    ...(types && { oneOf: { field: "type", values: types } }),
    ...(isDelivered === true && { notBody: pending }),
    ...(isDelivered === false && { body: type ? { type, ...pending } : pending }),
  });
}

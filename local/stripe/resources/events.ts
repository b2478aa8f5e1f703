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
  const delivered = { pending_webhooks: 0 };
  return listPage(call, "event", {
    body: { ...(type && { type }), ...(isDelivered === true && delivered) },
    ...(types && { oneOf: { field: "type", values: types } }),
    ...(isDelivered === false && { notBody: delivered }),
  });
}

import { startCheckout } from "@/lib/billing/start-checkout";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { methods, serve } from "@/lib/http/serve";

const { POST: checkout } = billingEndpoints["/api/billing/checkout"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(checkout, ({ body, headers }) =>
    startCheckout(body, idempotencyKey(headers) ?? crypto.randomUUID()),
  ),
});

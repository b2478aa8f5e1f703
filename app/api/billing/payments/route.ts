import { getPayments } from "@/lib/billing/get-payments";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: payments } = billingEndpoints["/api/billing/payments"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(payments, ({ query: { before = null, limit } }) => getPayments(before, limit)),
});

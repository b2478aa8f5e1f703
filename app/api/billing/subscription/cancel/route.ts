import { cancelPlan } from "@/lib/billing/cancel-plan";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: cancel } = subscriptionEndpoints["/api/billing/subscription/cancel"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(cancel, ({ body }) => cancelPlan(body)),
});

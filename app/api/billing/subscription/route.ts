import { cancelPlan } from "@/lib/billing/cancel-plan";
import { changePlan } from "@/lib/billing/change-plan";
import { getSubscriptionState } from "@/lib/billing/get-subscription-state";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { GET: read, POST: change, DELETE: cancel } = subscriptionEndpoints["/api/billing/subscription"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(read, getSubscriptionState),
  POST: serve(change, ({ body: { token, ...wanted } }) => changePlan(wanted, token)),
  DELETE: serve(cancel, () => cancelPlan({})),
});

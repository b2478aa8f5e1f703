import { unpausePlan } from "@/lib/billing/unpause-plan";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: unpause } = subscriptionEndpoints["/api/billing/subscription/unpause"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: serve(unpause, unpausePlan) });

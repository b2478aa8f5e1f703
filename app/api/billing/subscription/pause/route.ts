import { pausePlan } from "@/lib/billing/pause-plan";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: pause } = subscriptionEndpoints["/api/billing/subscription/pause"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: serve(pause, pausePlan) });

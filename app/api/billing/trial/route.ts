import { startTrial } from "@/lib/billing/start-trial";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: trial } = subscriptionEndpoints["/api/billing/trial"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ POST: serve(trial, startTrial) });

import { getPricing } from "@/lib/billing/get-pricing";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: pricing } = billingEndpoints["/api/billing/pricing"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: serve(pricing, getPricing) });

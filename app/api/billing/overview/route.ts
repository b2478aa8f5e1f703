import { getOverview } from "@/lib/billing/get-overview";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: overview } = billingEndpoints["/api/billing/overview"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: serve(overview, getOverview) });

import { openPortal } from "@/lib/billing/open-portal";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { POST: portal } = billingEndpoints["/api/billing/portal"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(portal, () => openPortal()),
});

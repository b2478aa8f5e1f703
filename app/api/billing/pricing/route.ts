import { getUser } from "@/lib/auth/get-user";
import { billingEnabled } from "@/lib/billing/billing-enabled";
import { getCatalog } from "@/lib/billing/get-catalog";
import { billingEndpoints } from "@/lib/http/billing-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: pricing } = billingEndpoints["/api/billing/pricing"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(pricing, async () => {
    const [user, catalog] = await Promise.all([getUser(), getCatalog()]);
    return { ...catalog, canBuy: billingEnabled(user?.id ?? null) };
  }),
});

import { previewChange } from "@/lib/billing/preview-change";
import { methods, serve } from "@/lib/http/serve";
import { subscriptionEndpoints } from "@/lib/http/subscription-endpoints";

const { POST: preview } = subscriptionEndpoints["/api/billing/subscription/preview"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(preview, ({ body }) => previewChange(body)),
});

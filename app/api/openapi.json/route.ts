import { endpoints } from "@/lib/http/endpoints";
import { openApi } from "@/lib/http/openapi";
import { methods, serve } from "@/lib/http/serve";

const { GET: document } = endpoints["/api/openapi.json"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(document, async () => openApi()),
});

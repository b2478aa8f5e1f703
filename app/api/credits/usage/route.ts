import { getUsage } from "@/lib/credits/get-usage";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: usage } = creditEndpoints["/api/credits/usage"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  GET: serve(usage, async ({ query: { group_by, ...range } }) => ({
    usage: await getUsage(group_by, range),
  })),
});

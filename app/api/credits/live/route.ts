import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";
import { getLive } from "@/lib/live/get-live";

const { GET: live } = creditEndpoints["/api/credits/live"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: serve(live, getLive) });

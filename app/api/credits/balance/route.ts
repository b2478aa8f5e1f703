import { getBalance } from "@/lib/credits/get-balance";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { methods, serve } from "@/lib/http/serve";

const { GET: balance } = creditEndpoints["/api/credits/balance"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({ GET: serve(balance, getBalance) });

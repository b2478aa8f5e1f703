import { deduct } from "@/lib/credits/deduct";
import { creditEndpoints } from "@/lib/http/credit-endpoints";
import { idempotencyKey } from "@/lib/http/idempotency-key";
import { methods, serve } from "@/lib/http/serve";

const { POST: charge } = creditEndpoints["/api/credits/deduct"];

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = methods({
  POST: serve(charge, ({ body, headers }) => deduct(body, idempotencyKey(headers, body.key))),
});

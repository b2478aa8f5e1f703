import { readEnv } from "../_shared/env.ts";
import { callReceiver } from "../_shared/receive-call.ts";
import { createRpc } from "../_shared/rpc.ts";
import { createStripe } from "../_shared/stripe-client.ts";
import { createClaims } from "../_shared/topups/claims.ts";
import { runTopups } from "../_shared/topups/run-topups.ts";

const env = readEnv((name) => Deno.env.get(name));
const cashier = {
  stripe: createStripe(env),
  claims: createClaims(createRpc(env)),
  returnUrl: env.supabaseUrl,
  isSelling: env.isSelling,
};

Deno.serve(
  callReceiver("auto-topup", env, async (body, isTimeUp) =>
    body === "" || body === "{}" ? runTopups(cashier, isTimeUp) : null,
  ),
);

import { readEnv } from "../_shared/env.ts";
import { createServices } from "../_shared/reconcile/create-services.ts";
import { reconciliationReceiver } from "../_shared/reconcile/receive-call.ts";
import { effects } from "../stripe-webhook/effects.ts";

const env = readEnv((name) => Deno.env.get(name));
const services = createServices(env, (line) => console.log(JSON.stringify({ reconcile: line })));

Deno.serve(reconciliationReceiver(env, services, effects));

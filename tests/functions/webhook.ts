import Stripe from "stripe";
import { vi } from "vitest";
import { keys } from "../../local/keys.ts";

export type Handler = (request: Request) => Promise<Response>;
export type Network = (request: Request) => Promise<Response>;

export const webhookSecret = "whsec_of_the_tests";
export const supabaseUrl = "http://stack.test";
const stripeUrl = "http://stripe.test:4242";

export const loadWebhook = (network: Network, env?: Record<string, string>) =>
  loadFunction("stripe-webhook", network, env);

/** A function as its index.ts wires it, in this process. `network` answers whatever it asks outside. */
export async function loadFunction(
  name: "stripe-webhook" | "stripe-reconcile" | "auto-topup",
  network: Network,
  env: Record<string, string> = {},
): Promise<Handler> {
  const variables: Record<string, string> = {
    SUPABASE_URL: supabaseUrl,
    SUPABASE_SECRET_KEY: keys.secret,
    STRIPE_SECRET_KEY: "sk_test_of_the_tests",
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_BASE: stripeUrl,
    ...env,
  };
  const served: Handler[] = [];
  const serve = (handler: Handler) => served.push(handler);
  vi.stubGlobal("fetch", (input: RequestInfo | URL, init?: RequestInit) => network(new Request(input, init)));
  vi.stubGlobal("Deno", { serve, env: { get: (variable: string) => variables[variable] } });
  vi.resetModules();
  const index = `../../supabase/functions/${name}/index.ts`; // not a literal: tsc knows no Deno
  await import(/* @vite-ignore */ index);
  const [handler] = served;
  if (!handler) throw new Error("index.ts served nothing");
  return handler;
}

let events = 0;

/** An event as Stripe sends it, about the object that it names. */
export function makeEvent(type: string, object: object) {
  return {
    id: `evt_test_${++events}`,
    object: "event",
    type,
    created: Math.floor(Date.now() / 1000),
    livemode: false,
    api_version: Stripe.API_VERSION,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    data: { object },
  };
}

type Signing = { secret?: string; secondsAgo?: number };

export function sign(payload: string, { secret = webhookSecret, secondsAgo = 0 }: Signing = {}): string {
  const timestamp = Math.floor(Date.now() / 1000) - secondsAgo;
  return new Stripe("sk_test_unused").webhooks.generateTestHeaderString({ payload, secret, timestamp });
}

export function delivery(body: BodyInit, signature: string): Request {
  const headers = { "content-type": "application/json; charset=utf-8", "stripe-signature": signature };
  return new Request("http://functions.test/stripe-webhook", {
    method: "POST",
    body,
    headers,
    duplex: "half", // what a stream as body needs
  } as RequestInit);
}

/** Signs and delivers, and gives back what Stripe would see. */
export async function deliver(handler: Handler, event: unknown, signing?: Signing) {
  const payload = typeof event === "string" ? event : JSON.stringify(event);
  const response = await handler(delivery(payload, sign(payload, signing)));
  return { status: response.status, body: await response.json() };
}

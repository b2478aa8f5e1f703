import Stripe from "stripe";
import { applyEvent, type EventEffect, type Services } from "./apply-event.ts";
import type { Env } from "./env.ts";
import { readBody } from "./read-body.ts";
import { readEvent } from "./stripe-event.ts";
import { verifySignature } from "./verify-signature.ts";

const BODY_LIMIT = 256 * 1024;

/**
 * The receiving side of a webhook: nothing reaches the database before signature and shape hold, and 200 is answered
 * after the commit only. The body is neither stored nor logged.
 */
export function eventReceiver(env: Env, services: Services, effects: EventEffect[]) {
  const { stripe } = services;
  const effectByType = new Map<string, EventEffect>(effects.map((effect) => [effect.type, effect]));

  return async function receive(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method");
    const body = await readBody(request, BODY_LIMIT);
    if (!body) return refuse(413, "too_large");

    const header = request.headers.get("stripe-signature") ?? "";
    const { signed, payload } = await verifySignature(stripe, body, header, env.stripeWebhookSecrets);
    if (!signed) return refuse(400, "signature");
    const event = await readEvent(payload, body);
    const effect = effectByType.get(event?.type ?? "");
    if (!event || (effect && !event.objectId)) return refuse(400, "shape");
    if (event.livemode !== env.livemode) return refuse(400, "livemode", event);

    // The object is read at our version whatever the payload's is, but the endpoint should be created with it.
    if (event.apiVersion !== Stripe.API_VERSION) log("other_api_version", event);
    const answer = await applyEvent(services, event, effect);
    if ("reason" in answer) return refuse(answer.status, answer.reason, event);
    log(answer.outcome, event);
    return Response.json(answer);
  };
}

type About = { id: string; type: string };

function refuse(status: number, error: string, about?: About): Response {
  log(error, about);
  return Response.json({ error }, { status, headers: { allow: "POST" } });
}

function log(outcome: string, about?: About): void {
  console.log(JSON.stringify({ id: about?.id, type: about?.type, outcome }));
}

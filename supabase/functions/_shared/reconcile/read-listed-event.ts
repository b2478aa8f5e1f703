import type Stripe from "stripe";
import { readEvent, type StripeEvent } from "../stripe-event.ts";

/** An event that was asked for instead of being sent, as the webhook would have read it. */
export async function readListedEvent(event: Stripe.Event): Promise<StripeEvent> {
  const body = JSON.stringify(event);
  const read = await readEvent(JSON.parse(body), new TextEncoder().encode(body));
  if (!read) throw new Error(`${event.id} is no event of this account`);
  return read;
}

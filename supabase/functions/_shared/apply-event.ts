import type Stripe from "stripe";
import type { BillingDatabase, Outcome, StripeNoun } from "./billing-database.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { StripeEvent } from "./stripe-event.ts";

/** What an event type leads to: its object is read as it is now, and the facts are applied. */
export type EventEffect = {
  type: Stripe.Event["type"];
  noun: StripeNoun;
  /** Null when the object was deleted. Of the payload only that goes in which Stripe no longer tells. */
  read: (stripe: Stripe, objectId: string, formerCustomer: string | null) => Promise<object | null>;
};

export type Services = { stripe: Stripe; database: BillingDatabase };

/** The committed outcome, or why there is none; a failure is noted, and the event may come again. */
export async function applyEvent(
  services: Services,
  event: StripeEvent,
  effect: EventEffect | undefined,
): Promise<{ outcome: Outcome } | Failure> {
  const { database } = services;
  try {
    const outcome = await (effect
      ? applyObject(services, event, effect)
      : database.ignoreEvent(event, "no_effect"));
    return { outcome };
  } catch (error) {
    const failure = failureOf(error);
    // The database may be what is away; the answer is the same without the note.
    await database.recordEventFailure(event, failure.reason).catch(() => {});
    return failure;
  }
}

/** The ticket is drawn before the read: whatever changes after the read sends an event with a higher one. */
async function applyObject(
  { stripe, database }: Services,
  event: StripeEvent,
  { noun, read }: EventEffect,
): Promise<Outcome> {
  const ticket = await database.beginEvent(event);
  if (ticket === null) return "duplicate";
  const facts = await read(stripe, event.objectId, event.formerCustomer);
  if (facts === null) return database.ignoreEvent(event, "object_deleted");
  return database.applyObject(noun, event, ticket, facts);
}

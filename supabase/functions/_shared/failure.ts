import Stripe from "stripe";

/** Why an event had no effect: 503 asks Stripe to come again because someone is away, 500 that we look at it. */
export type Failure = { status: 500 | 503; reason: string };

/** An error that carries its failure up to the code that answers. */
export function failed(failure: Failure): Error {
  return new Error(failure.reason, { cause: failure });
}

/** Reasons are codes, never messages: a message may quote what the object says. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Stripe.errors.StripeError) {
    const away = error.statusCode === undefined || error.statusCode === 429 || error.statusCode >= 500;
    return { status: away ? 503 : 500, reason: `stripe: ${error.code ?? error.type}` };
  }
  if (error instanceof Error && isFailure(error.cause)) return error.cause;
  return { status: 500, reason: `function: ${error instanceof Error ? error.name : "unknown"}` };
}

function isFailure(cause: unknown): cause is Failure {
  return typeof cause === "object" && cause !== null && "status" in cause && "reason" in cause;
}

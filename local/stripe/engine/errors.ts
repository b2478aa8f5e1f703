import type { Decline } from "./behaviour.ts";
import type { StripeObject } from "./types.ts";

/** The body of an error as Stripe words it: https://docs.stripe.com/api/errors */
type ErrorBody = {
  type: "invalid_request_error" | "idempotency_error" | "card_error" | "api_error";
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  charge?: unknown;
  payment_intent?: StripeObject;
  payment_method?: StripeObject;
};
export type StripeError = Error & { status: number; body: ErrorBody; isRecorded?: boolean };

export function stripeError(status: number, body: ErrorBody): StripeError {
  return Object.assign(new Error(body.message), { status, body });
}

/** 402: a card was tried and refused. What was written of the try stays, unlike after any other error. */
export const cardRefused = (decline: Decline, tried: Pick<ErrorBody, "payment_intent" | "payment_method">) =>
  Object.assign(stripeError(402, { type: "card_error", ...decline, ...tried }), { isRecorded: true });

export function isStripeError(error: unknown): error is StripeError {
  return error instanceof Error && "status" in error && "body" in error;
}

export const invalid = (message: string, param?: string, code?: string) =>
  stripeError(400, {
    type: "invalid_request_error",
    message,
    ...(code && { code }),
    ...(param && { param }),
  });

/** 404 for what a path names, 400 for what a parameter refers to. */
export const missingResource = (kind: string, id: string, param?: string) =>
  stripeError(param ? 400 : 404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind.replace(/^.*\./, "").replaceAll("_", " ")}: '${id}'`,
    param: param ?? "id",
  });

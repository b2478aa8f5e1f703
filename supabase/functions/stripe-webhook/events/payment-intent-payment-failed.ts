import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentIntent } from "../readers/payment-intent.ts";

/** A top-up without Checkout was declined. */
export const paymentIntentPaymentFailed: EventEffect = {
  type: "payment_intent.payment_failed",
  read: readPaymentIntent,
  noun: "payment_intent",
};

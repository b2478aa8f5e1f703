import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentIntent } from "../readers/payment-intent.ts";

/** A top-up without Checkout grants its pack; every other payment sends this event too, and is left alone. */
export const paymentIntentSucceeded: EventEffect = {
  type: "payment_intent.succeeded",
  read: readPaymentIntent,
  noun: "payment_intent",
};

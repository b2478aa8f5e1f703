import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentIntent } from "../readers/payment-intent.ts";

/** The holder of the card has not answered the bank in time: this top-up is over. */
export const paymentIntentCanceled: EventEffect = {
  type: "payment_intent.canceled",
  read: readPaymentIntent,
  noun: "payment_intent",
};

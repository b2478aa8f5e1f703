import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentMethod } from "../readers/payment-method.ts";

/** The bank replaced the card: other digits, another expiry. */
export const paymentMethodAutomaticallyUpdated: EventEffect = {
  type: "payment_method.automatically_updated",
  read: readPaymentMethod,
  noun: "payment_method",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentMethod } from "../readers/payment-method.ts";

/** A card that can be charged from now on. */
export const paymentMethodAttached: EventEffect = {
  type: "payment_method.attached",
  read: readPaymentMethod,
  noun: "payment_method",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentMethod } from "../readers/payment-method.ts";

/** A card whose expiry was edited. */
export const paymentMethodUpdated: EventEffect = {
  type: "payment_method.updated",
  read: readPaymentMethod,
  noun: "payment_method",
};

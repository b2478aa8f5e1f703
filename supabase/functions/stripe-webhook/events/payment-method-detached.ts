import type { EventEffect } from "../../_shared/apply-event.ts";
import { readPaymentMethod } from "../readers/payment-method.ts";

/** No card of this customer any more. Stripe forgets whose it was: only the event says it. */
export const paymentMethodDetached: EventEffect = {
  type: "payment_method.detached",
  read: readPaymentMethod,
  noun: "payment_method",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSession } from "../readers/session.ts";

/** A bank debit that was under way did not arrive; nothing was granted for it. */
export const checkoutSessionAsyncPaymentFailed: EventEffect = {
  type: "checkout.session.async_payment_failed",
  read: readSession,
  noun: "checkout_session",
};

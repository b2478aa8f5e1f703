import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSession } from "../readers/session.ts";

/** A bank debit that was under way arrived, days later: the pack is granted by the same key. */
export const checkoutSessionAsyncPaymentSucceeded: EventEffect = {
  type: "checkout.session.async_payment_succeeded",
  read: readSession,
  noun: "checkout_session",
};

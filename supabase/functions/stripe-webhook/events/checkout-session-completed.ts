import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSession } from "../readers/session.ts";

/** A paid pack is granted. A session of a plan only links customer and subscription: credits come with its invoice. */
export const checkoutSessionCompleted: EventEffect = {
  type: "checkout.session.completed",
  read: readSession,
  noun: "checkout_session",
};

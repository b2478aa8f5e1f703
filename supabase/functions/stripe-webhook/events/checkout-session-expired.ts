import type { EventEffect } from "../../_shared/apply-event.ts";
import { readSession } from "../readers/session.ts";

/** Nobody paid in time. */
export const checkoutSessionExpired: EventEffect = {
  type: "checkout.session.expired",
  read: readSession,
  noun: "checkout_session",
};

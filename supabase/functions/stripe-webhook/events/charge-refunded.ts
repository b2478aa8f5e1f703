import type { EventEffect } from "../../_shared/apply-event.ts";
import { readCharge } from "../readers/charge.ts";

/** Says so of the charge as a whole: all its refunds are read, and applied as their own events do. */
export const chargeRefunded: EventEffect = {
  type: "charge.refunded",
  read: readCharge,
  noun: "charge",
};

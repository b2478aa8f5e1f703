import type { EventEffect } from "../../_shared/apply-event.ts";
import { readDispute } from "../readers/dispute.ts";

/** Lost takes what was frozen, won or closed gives it back; the status decides. */
export const chargeDisputeClosed: EventEffect = {
  type: "charge.dispute.closed",
  read: readDispute,
  noun: "dispute",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readDispute } from "../readers/dispute.ts";

/** The money is gone for now: the same reading as when the dispute was opened. */
export const chargeDisputeFundsWithdrawn: EventEffect = {
  type: "charge.dispute.funds_withdrawn",
  read: readDispute,
  noun: "dispute",
};

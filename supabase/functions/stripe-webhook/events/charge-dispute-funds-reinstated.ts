import type { EventEffect } from "../../_shared/apply-event.ts";
import { readDispute } from "../readers/dispute.ts";

/** The money came back: the dispute's status says whether it was won. */
export const chargeDisputeFundsReinstated: EventEffect = {
  type: "charge.dispute.funds_reinstated",
  read: readDispute,
  noun: "dispute",
};

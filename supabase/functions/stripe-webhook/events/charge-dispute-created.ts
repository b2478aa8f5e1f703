import type { EventEffect } from "../../_shared/apply-event.ts";
import { readDispute } from "../readers/dispute.ts";

/** What is unspent of the disputed share is frozen; an inquiry is no dispute. */
export const chargeDisputeCreated: EventEffect = {
  type: "charge.dispute.created",
  read: readDispute,
  noun: "dispute",
};

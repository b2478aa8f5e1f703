import type { EventEffect } from "../../_shared/apply-event.ts";
import { readDispute } from "../readers/dispute.ts";

/** An inquiry may have become a dispute. */
export const chargeDisputeUpdated: EventEffect = {
  type: "charge.dispute.updated",
  read: readDispute,
  noun: "dispute",
};

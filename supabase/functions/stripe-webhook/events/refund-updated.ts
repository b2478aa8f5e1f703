import type { EventEffect } from "../../_shared/apply-event.ts";
import { readRefund } from "../readers/refund.ts";

/** A refund has gone through, or its amount or reason was corrected. */
export const refundUpdated: EventEffect = { type: "refund.updated", read: readRefund, noun: "refund" };

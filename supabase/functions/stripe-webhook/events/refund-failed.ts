import type { EventEffect } from "../../_shared/apply-event.ts";
import { readRefund } from "../readers/refund.ts";

/** The money stayed, and the credits come back; the status decides, for a fixture of this event says succeeded. */
export const refundFailed: EventEffect = { type: "refund.failed", read: readRefund, noun: "refund" };

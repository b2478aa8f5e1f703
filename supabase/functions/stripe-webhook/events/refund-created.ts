import type { EventEffect } from "../../_shared/apply-event.ts";
import { readRefund } from "../readers/refund.ts";

/** What the money bought is taken back, also while the refund is pending. */
export const refundCreated: EventEffect = { type: "refund.created", read: readRefund, noun: "refund" };

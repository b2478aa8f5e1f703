import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** Each paid line of a plan grants its credits. Needs neither the session's nor the subscription's event before it. */
export const invoicePaid: EventEffect = { type: "invoice.paid", read: readInvoice, noun: "invoice" };

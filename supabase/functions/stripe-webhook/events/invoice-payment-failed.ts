import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** An attempt failed. When it arrives late, the invoice that was read says `paid` and is applied as such. */
export const invoicePaymentFailed: EventEffect = {
  type: "invoice.payment_failed",
  read: readInvoice,
  noun: "invoice",
};

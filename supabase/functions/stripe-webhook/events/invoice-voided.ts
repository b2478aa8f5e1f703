import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** Nobody has to pay this any more. One that was paid after all stays paid. */
export const invoiceVoided: EventEffect = {
  type: "invoice.voided",
  read: readInvoice,
  noun: "invoice",
};

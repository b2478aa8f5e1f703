import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** A payment is asked for; its row shows it as pending. */
export const invoiceFinalized: EventEffect = {
  type: "invoice.finalized",
  read: readInvoice,
  noun: "invoice",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** More came than was asked for, which is for the owner to look at. */
export const invoiceOverpaid: EventEffect = {
  type: "invoice.overpaid",
  read: readInvoice,
  noun: "invoice",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** Given up, and yet it may still be paid. */
export const invoiceMarkedUncollectible: EventEffect = {
  type: "invoice.marked_uncollectible",
  read: readInvoice,
  noun: "invoice",
};

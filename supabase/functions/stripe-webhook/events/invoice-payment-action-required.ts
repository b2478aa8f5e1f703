import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** The bank asks the holder of the card to confirm: the invoice's page is where. */
export const invoicePaymentActionRequired: EventEffect = {
  type: "invoice.payment_action_required",
  read: readInvoice,
  noun: "invoice",
};

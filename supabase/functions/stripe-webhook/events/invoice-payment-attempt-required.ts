import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoice } from "../readers/invoice.ts";

/** Stripe does not collect this one by itself; the user pays it on the invoice's page. */
export const invoicePaymentAttemptRequired: EventEffect = {
  type: "invoice.payment_attempt_required",
  read: readInvoice,
  noun: "invoice",
};

import type { EventEffect } from "../../_shared/apply-event.ts";
import { readInvoicePayment } from "../readers/invoice-payment.ts";

/** Pairs a payment with its invoice, without which a refund of a renewal could not be attributed. */
export const invoicePaymentPaid: EventEffect = {
  type: "invoice_payment.paid",
  read: readInvoicePayment,
  noun: "invoice",
};

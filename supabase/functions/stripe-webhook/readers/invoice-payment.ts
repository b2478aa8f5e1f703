import type Stripe from "stripe";
import { idOf } from "../../_shared/stripe-fields.ts";
import { readInvoice } from "./invoice.ts";

/** The pair of an invoice and its payment is a fact of the invoice, which is read with all its payments. */
export async function readInvoicePayment(stripe: Stripe, id: string) {
  const { invoice } = await stripe.invoicePayments.retrieve(id);
  return readInvoice(stripe, idOf(invoice));
}

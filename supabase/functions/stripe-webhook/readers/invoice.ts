import type Stripe from "stripe";
import { lineFacts, readPrices } from "../../_shared/line-facts.ts";
import {
  allOf,
  type CatalogKeys,
  idOf,
  invoiceParent,
  isDeleted,
  isoTime,
  isoTimeOrNull,
  paymentIntentOf,
  paymentState,
} from "../../_shared/stripe-fields.ts";

/** Null for a draft that was deleted. */
export async function readInvoice(stripe: Stripe, id: string) {
  const invoice = await stripe.invoices.retrieve(id);
  if (isDeleted(invoice)) return null;
  const [lines, payments] = await Promise.all([
    allOf(invoice.lines, (page) => stripe.invoices.listLineItems(id, page)),
    Array.fromAsync(
      stripe.invoicePayments.list({ invoice: id, limit: 100, expand: ["data.payment.payment_intent"] }),
    ),
  ]);
  return invoiceFacts(invoice, lines, payments, await readPrices(stripe, lines));
}

function invoiceFacts(
  invoice: Stripe.Invoice,
  lines: Stripe.InvoiceLineItem[],
  payments: Stripe.InvoicePayment[],
  prices: Map<string, CatalogKeys>,
) {
  const { subscription, accountId } = invoiceParent(invoice);
  return {
    id: invoice.id,
    number: invoice.number,
    status: invoice.status,
    billing_reason: invoice.billing_reason,
    customer: idOf(invoice.customer),
    account_id: accountId,
    subscription,
    amount_paid: invoice.amount_paid,
    amount_due: invoice.amount_due,
    amount_overpaid: invoice.amount_overpaid,
    total: invoice.total,
    currency: invoice.currency,
    hosted_invoice_url: invoice.hosted_invoice_url ?? null,
    invoice_pdf: invoice.invoice_pdf ?? null,
    created: isoTime(invoice.created),
    finalized_at: isoTimeOrNull(invoice.status_transitions.finalized_at),
    paid_at: isoTimeOrNull(invoice.status_transitions.paid_at),
    attempt_count: invoice.attempt_count,
    next_payment_attempt: isoTimeOrNull(invoice.next_payment_attempt),
    payment_intent: idOf(paymentIntentOf(payments)),
    ...paymentState(paymentIntentOf(payments)),
    lines: lines.map((line) => lineFacts(line, prices)),
  };
}

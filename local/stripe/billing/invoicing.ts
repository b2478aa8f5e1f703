import type { Billable, Subscription } from "../engine/billing-types.ts";
import { emit, update } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { hour, unpaidEndsAfter } from "../engine/time.ts";
import type { Hidden, Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { discountOf } from "./discounts.ts";
import { newLines } from "./invoice-lines.ts";
import { amountDue, type InvoiceReason, newInvoice } from "./new-invoice.ts";
import { attachToInvoice, pendingBillables } from "./pending-items.ts";
import { taxIdsOf } from "./tax-ids.ts";

type Draft = {
  subscription: Subscription;
  billables: Billable[];
  reason: InvoiceReason;
  period: { start: number; end: number };
  hidden?: Hidden["invoice"];
};

/** Drafts an invoice over what is given and what has waited for it. */
export async function draftInvoice(work: Work, draft: Draft): Promise<Invoice> {
  const { state, at } = work;
  const pending = await pendingBillables(work, draft.subscription.id);
  const built = await buildInvoice(work, { ...draft, billables: [...pending, ...draft.billables] });
  const { invoice, lines } = built;
  for (const line of lines) await state.insert(line);
  await attachToInvoice(work, pending, invoice.id);
  await state.insert(invoice, draft.hidden ?? {}, dueAt(invoice, at));
  await emit(work, "invoice.created", invoice);
  return invoice;
}

/** A renewal is charged an hour later; what is not paid when it begins waits for that for 23. */
const dueAt = ({ billing_reason: reason, next_payment_attempt: charge }: Invoice, at: number) =>
  reason === "subscription_cycle" ? (charge ?? undefined) : at + unpaidEndsAfter;

/** The invoice and its lines, not kept: a preview is made of the same. */
export async function buildInvoice(work: Work, { subscription, billables, reason, period }: Draft) {
  const id = newId("in", 24);
  const reduced = await discountOf(work, subscription);
  const lines = newLines(id, subscription, billables, reduced);
  // The invoices of an unpaid plan stay drafts until somebody finalizes them.
  const isCollected =
    subscription.status !== "unpaid" && subscription.pause_collection?.behavior !== "keep_as_draft";
  const invoice = newInvoice(work, {
    ...{ id, subscription, lines, reason, period },
    discount: reduced?.discount.id ?? null,
    customer: await work.state.get("customer", subscription.customer),
    isCollected,
    finalizesAt: isCollected && reason === "subscription_cycle" ? work.at + hour : null,
  });
  return { invoice, lines };
}

/** Gives the invoice its number and addresses, and settles it with the customer's balance; from here on it is owed. */
export async function finalizeInvoice(work: Work, draft: Invoice): Promise<Invoice> {
  const { state, at } = work;
  const customer = await state.get("customer", draft.customer);
  const sequence = String(customer.next_invoice_sequence).padStart(4, "0");
  const numbered = { ...customer, next_invoice_sequence: customer.next_invoice_sequence + 1 };
  await state.save(numbered);
  const taxIds = await taxIdsOf(work, customer.id);
  const due = amountDue(draft.total, customer);
  const balance = customer.balance + draft.total - due;
  await update(work, "customer.updated", numbered, { ...numbered, balance });
  const invoice = await state.save<Invoice>({
    ...draft,
    amount_due: due,
    amount_remaining: due,
    automatically_finalizes_at: null,
    customer_address: customer.address,
    customer_name: customer.name,
    customer_tax_ids: taxIds.map(({ type, value }) => ({ type, value })),
    effective_at: at,
    ending_balance: balance,
    hosted_invoice_url: `${state.publicUrl}/invoice/${draft.id}`,
    invoice_pdf: `${state.publicUrl}/invoice/${draft.id}.pdf`,
    number: `${customer.invoice_prefix}-${sequence}`,
    starting_balance: customer.balance,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: at },
  });
  await emit(work, "invoice.finalized", invoice);
  return invoice;
}

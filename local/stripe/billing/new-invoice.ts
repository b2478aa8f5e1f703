import type { Subscription } from "../engine/billing-types.ts";
import type { Customer, Invoice, InvoiceLine } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { sumOf } from "./amounts.ts";

export type InvoiceReason = "subscription_create" | "subscription_cycle" | "subscription_update";
type NewInvoice = {
  id: string;
  customer: Customer;
  subscription: Subscription;
  lines: InvoiceLine[];
  /** Id of what reduces it. */
  discount: string | null;
  reason: InvoiceReason;
  /** Not the service period, which the lines have: the time in which items were gathered. */
  period: { start: number; end: number };
  isCollected: boolean;
  /** When it is finalized and charged by itself; null: the caller does it, or nobody. */
  finalizesAt: number | null;
};

/** A draft as Stripe answers it, every field of the schema. */
export function newInvoice({ state, at }: Work, given: NewInvoice): Invoice {
  const { id, customer, subscription, lines, discount, reason, period, isCollected, finalizesAt } = given;
  const { enabled: isTaxed } = subscription.automatic_tax;
  const { subtotal, off, taxes, total } = totalsOf(lines);
  const due = amountDue(total, customer);
  return {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Local sandbox",
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: isCollected,
    automatic_tax: {
      disabled_reason: null,
      enabled: isTaxed,
      liability: isTaxed ? { type: "self" } : null,
      provider: isTaxed ? "stripe" : null,
      status: isTaxed ? "complete" : null,
    },
    automatically_finalizes_at: finalizesAt,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: at,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address,
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: discount ? [discount] : [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: {
      object: "list",
      data: lines.slice(0, 10),
      has_more: lines.length > 10,
      url: `/v1/invoices/${id}/lines`,
    },
    livemode: false,
    metadata: {},
    next_payment_attempt: finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: "subscription_details",
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal - sumOf(taxes.filter(isInside), ({ amount }) => amount),
    test_clock: state.clock,
    total,
    total_discount_amounts: discount ? [{ amount: off, discount }] : [],
    total_excluding_tax: total - sumOf(taxes, ({ amount }) => amount),
    total_pretax_credit_amounts: [],
    total_taxes: taxes,
    webhooks_delivered_at: at,
  };
}

const isInside = ({ tax_behavior }: InvoiceLine["taxes"][number]) => tax_behavior === "inclusive";

/** The sums of what the lines say; taxes of one kind are one entry. */
function totalsOf(lines: InvoiceLine[]) {
  const subtotal = sumOf(lines, ({ amount }) => amount);
  const off = sumOf(lines, ({ discount_amounts: all }) => sumOf(all, ({ amount }) => amount));
  const entries = lines.flatMap((line) => line.taxes);
  const taxes = [false, true].flatMap((inside) => {
    const own = entries.filter((one) => isInside(one) === inside);
    const [first] = own;
    if (!first) return [];
    const amount = sumOf(own, (one) => one.amount);
    return [{ ...first, amount, taxable_amount: sumOf(own, (one) => one.taxable_amount) }];
  });
  const outside = sumOf(
    taxes.filter((one) => !isInside(one)),
    ({ amount }) => amount,
  );
  return { subtotal, off, taxes, total: subtotal - off + outside };
}

/** A customer's balance is negative when he has credit; it pays first, and a negative total adds to it. */
export const amountDue = (total: number, { balance }: Customer): number => Math.max(0, total + balance);

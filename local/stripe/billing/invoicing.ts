import type { Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { hour } from "../engine/time.ts";
import type { Invoice, InvoiceLine } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { priceLabel } from "./labels.ts";

type NewInvoice = {
  subscription: Subscription;
  /** Those whose period begins: items of a month and of a year are billed on dates of their own. */
  items: SubscriptionItem[];
  reason: "subscription_create" | "subscription_cycle";
  /** Not the service period, which the lines have: the time in which items were gathered. */
  period: { start: number; end: number };
};

/** A draft over the current period of the given items of a subscription. */
export async function draftInvoice(
  work: Work,
  { subscription, items, reason, period }: NewInvoice,
): Promise<Invoice> {
  const { state, at } = work;
  const customer = await state.get("customer", subscription.customer);
  const id = newId("in", 24);
  const lines: InvoiceLine[] = [];
  for (const item of items) {
    const { name } = await state.get("product", item.price.product);
    lines.push(await state.insert(newLine(id, subscription, item, name)));
  }
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const invoice: Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: "Local sandbox",
    account_tax_ids: null,
    amount_due: total,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: total,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: reason === "subscription_cycle" ? at + hour : null,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: at,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: null,
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
    discounts: [],
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
    next_payment_attempt: reason === "subscription_cycle" ? at + hour : null,
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
    starting_balance: 0,
    statement_descriptor: null,
    status: "draft",
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: state.clock,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: at,
  };
  await state.insert(invoice, {}, reason === "subscription_cycle" ? at + hour : undefined);
  await emit(work, "invoice.created", invoice);
  return invoice;
}

/** Gives the invoice its number and addresses; from here on it is owed. */
export async function finalizeInvoice(work: Work, draft: Invoice): Promise<Invoice> {
  const { state, at } = work;
  const customer = await state.get("customer", draft.customer);
  const sequence = String(customer.next_invoice_sequence).padStart(4, "0");
  await state.save({ ...customer, next_invoice_sequence: customer.next_invoice_sequence + 1 });
  const invoice = await state.save<Invoice>({
    ...draft,
    automatically_finalizes_at: null,
    effective_at: at,
    ending_balance: 0,
    hosted_invoice_url: `${state.publicUrl}/invoice/${draft.id}`,
    invoice_pdf: `${state.publicUrl}/invoice/${draft.id}.pdf`,
    number: `${customer.invoice_prefix}-${sequence}`,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: at },
  });
  await emit(work, "invoice.finalized", invoice);
  return invoice;
}

function newLine(
  invoice: string,
  subscription: Subscription,
  item: SubscriptionItem,
  productName: string,
): InvoiceLine {
  const { price, quantity } = item;
  const amount = price.unit_amount * quantity;
  return {
    id: newId("il", 24),
    object: "line_item",
    amount,
    currency: price.currency,
    description: `${quantity} × ${productName} (at ${priceLabel(price)})`,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
      type: "subscription_item_details",
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pretax_credit_amounts: [],
    pricing: {
      price_details: { price: price.id, product: price.product },
      type: "price_details",
      unit_amount_decimal: String(price.unit_amount),
    },
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

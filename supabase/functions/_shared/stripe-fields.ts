import type Stripe from "stripe";

// Stripe's quirks of format are read here and nowhere else.

/** A reference is an id, or the object itself where it was expanded. */
export function idOf(reference: string | { id: string }): string;
export function idOf(reference: string | { id: string } | null | undefined): string | null;
export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === "string" ? reference : (reference?.id ?? null);
}

/** Stripe tells time in whole unix seconds. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

export function isoTimeOrNull(seconds: number | null | undefined): string | null {
  return seconds == null ? null : isoTime(seconds);
}

/** Why a plan is cancelled: the app asks for one of these, and so does the portal. */
export const cancelFeedback = [
  "too_expensive",
  "missing_features",
  "switched_service",
  "unused",
  "customer_service",
  "too_complex",
  "low_quality",
  "other",
] as const;

/** A deleted object still answers, with little more than its id. */
export function isDeleted(object: { deleted?: unknown }): boolean {
  return object.deleted === true;
}

/** A list inside an object is its first page only. */
export async function allOf<T extends { id: string }>(
  embedded: Stripe.ApiList<T>,
  list: (page: { limit: number }) => AsyncIterable<T>,
): Promise<T[]> {
  return embedded.has_more ? Array.fromAsync(list({ limit: 100 })) : embedded.data;
}

/** A set end wins; flexible billing sets it and leaves the flag down, classic billing does the reverse. */
export function cancelTime({ cancel_at, cancel_at_period_end, items }: Stripe.Subscription): string | null {
  const periodEnd = cancel_at_period_end ? items.data[0]?.current_period_end : null;
  return isoTimeOrNull(cancel_at ?? periodEnd);
}

/** The catalog's versioned key of a plan's price or of a pack, which the price carries. */
export type CatalogKeys = { price: string | null; pack: string | null };

export function catalogKeys(price: Stripe.Price | null): CatalogKeys {
  return { price: price?.metadata.price ?? null, pack: price?.metadata.pack ?? null };
}

/** An invoice line names its price in two levels, and proration by where the line comes from. */
export function lineDetails({ pricing, parent }: Stripe.InvoiceLineItem) {
  const source = parent?.subscription_item_details ?? parent?.invoice_item_details;
  return {
    priceId: idOf(pricing?.price_details?.price),
    proration: source?.proration ?? false,
    subscriptionItem: parent?.subscription_item_details?.subscription_item ?? null,
  };
}

/** Since API version basil an invoice reaches its subscription through its parent. */
export function invoiceParent({ parent }: Stripe.Invoice) {
  const details = parent?.subscription_details;
  return {
    subscription: idOf(details?.subscription),
    accountId: details?.metadata?.account_id ?? null,
  };
}

/** The payment intent that paid the invoice, or the one that is meant to. */
export function paymentIntentOf(payments: Stripe.InvoicePayment[]) {
  const payment = payments.find(({ status }) => status === "paid") ?? payments.find((p) => p.is_default);
  return payment?.payment.payment_intent ?? null;
}

/** How far a payment has come, where it was expanded; the error is a code, its message may quote the card. */
export function paymentState(intent: string | Stripe.PaymentIntent | null) {
  const expanded = typeof intent === "string" ? null : intent;
  return {
    payment_intent_status: expanded?.status ?? null,
    payment_error: expanded?.last_payment_error?.code ?? null,
  };
}

/** The phase of a schedule that follows the one of now. */
export function nextPhase({ phases, current_phase: current }: Stripe.SubscriptionSchedule) {
  return current ? phases.find(({ start_date: start }) => start >= current.end_date) : undefined;
}

export function pauseTime({ status, status_details }: Stripe.Subscription): string | null {
  return status === "paused" ? isoTimeOrNull(status_details?.paused?.transitioned_at) : null;
}

/** Whom a customer's metadata names, where it was expanded. */
export function accountIdOf(
  customer: string | Stripe.Customer | Stripe.DeletedCustomer | null,
): string | null {
  return customer && typeof customer !== "string" && !customer.deleted
    ? (customer.metadata.account_id ?? null)
    : null;
}

/** What a subscription is charged to, where it was expanded: its own payment method, else its customer's. */
export function chargedMethod(subscription: Stripe.Subscription): Stripe.PaymentMethod | null {
  const { default_payment_method: own, customer } = subscription;
  const isKnown = typeof customer !== "string" && !customer.deleted;
  const method = own ?? (isKnown ? customer.invoice_settings.default_payment_method : null);
  return typeof method === "string" ? null : method;
}

/** Refunds and disputes name their customer only through the charge, which has to be expanded. */
export function customerOf(charge: string | Stripe.Charge | null): string | null {
  return charge && typeof charge !== "string" ? idOf(charge.customer) : null;
}

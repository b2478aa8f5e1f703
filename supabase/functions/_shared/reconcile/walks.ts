import type Stripe from "stripe";
import { customerFacts, readCustomer } from "../../stripe-webhook/readers/customer.ts";
import { disputeFacts, readDispute } from "../../stripe-webhook/readers/dispute.ts";
import { readInvoice } from "../../stripe-webhook/readers/invoice.ts";
import { paymentIntentFacts, readPaymentIntent } from "../../stripe-webhook/readers/payment-intent.ts";
import { readPaymentMethod } from "../../stripe-webhook/readers/payment-method.ts";
import { priceFacts, readPrice } from "../../stripe-webhook/readers/price.ts";
import { productFacts, readProduct } from "../../stripe-webhook/readers/product.ts";
import { readRefund, refundFacts } from "../../stripe-webhook/readers/refund.ts";
import { readSession, sessionFacts } from "../../stripe-webhook/readers/session.ts";
import { expandListed, readItems, readSubscription } from "../../stripe-webhook/readers/subscription.ts";
import type { EventEffect } from "../apply-event.ts";
import type { StripeNoun } from "../billing-database.ts";
import { customerOf } from "../stripe-fields.ts";

type Facts = object | null | Promise<object | null>;
type Listed = { id: string; read: () => Facts };
export type Paging = { limit: number; starting_after?: string };
export type Walk = {
  noun: StripeNoun;
  read: EventEffect["read"];
  /** A page as Stripe lists it, newest first, with what the reader would take of each object. */
  list: (stripe: Stripe, paging: Paging, since: number) => Promise<{ listed: Listed[]; hasMore: boolean }>;
};

/** An object in a list is what reading it would answer, so that most cost no reading of their own. */
function walk<T extends { id: string }>(
  noun: StripeNoun,
  read: EventEffect["read"],
  list: (stripe: Stripe, paging: Paging, created: { gte: number }) => Promise<Stripe.ApiList<T>>,
  facts: (object: T, stripe: Stripe) => Facts,
): Walk {
  return {
    noun,
    read,
    async list(stripe, paging, since) {
      const { data, has_more: hasMore } = await list(stripe, paging, { gte: since });
      return { listed: data.map((one) => ({ id: one.id, read: () => facts(one, stripe) })), hasMore };
    },
  };
}

/**
 * Everything that the books have of Stripe, in the order in which one thing needs the other. Customers and plans are
 * listed whole, for they change long after they were made; payments from the given time on. The methods of a customer
 * are not in any list of all.
 */
export const walks: Walk[] = [
  walk("product", readProduct, (stripe, paging) => stripe.products.list(paging), productFacts),
  walk("price", readPrice, (stripe, paging) => stripe.prices.list(paging), priceFacts),
  walk("customer", readCustomer, (stripe, paging) => stripe.customers.list(paging), customerFacts),
  walk(
    "subscription",
    readSubscription,
    (stripe, paging) => stripe.subscriptions.list({ ...paging, status: "all", expand: expandListed }),
    (subscription, stripe) => readItems(stripe, subscription),
  ),
  walk(
    "invoice",
    readInvoice,
    (stripe, paging, created) => stripe.invoices.list({ ...paging, created }),
    ({ id }, stripe) => readInvoice(stripe, id),
  ),
  walk(
    "checkout_session",
    readSession,
    (stripe, paging, created) =>
      stripe.checkout.sessions.list({
        ...paging,
        created,
        expand: ["data.line_items", "data.payment_intent"],
      }),
    sessionFacts,
  ),
  walk(
    "payment_intent",
    readPaymentIntent,
    (stripe, paging, created) => stripe.paymentIntents.list({ ...paging, created }),
    paymentIntentFacts,
  ),
  walk(
    "refund",
    readRefund,
    (stripe, paging, created) => stripe.refunds.list({ ...paging, created, expand: ["data.charge"] }),
    (refund) => refundFacts(refund, customerOf(refund.charge)),
  ),
  walk(
    "dispute",
    readDispute,
    (stripe, paging, created) => stripe.disputes.list({ ...paging, created, expand: ["data.charge"] }),
    disputeFacts,
  ),
];

/** Reads an object by its id, as its events do. */
export function readerOf(noun: StripeNoun): EventEffect["read"] {
  if (noun === "payment_method") return readPaymentMethod;
  const found = walks.find((one) => one.noun === noun);
  if (!found) throw new Error(`no walk over ${noun}`);
  return found.read;
}

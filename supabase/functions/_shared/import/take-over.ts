import type Stripe from "stripe";
import { customerFacts } from "../../stripe-webhook/readers/customer.ts";
import { readInvoice } from "../../stripe-webhook/readers/invoice.ts";
import { paymentMethodFacts } from "../../stripe-webhook/readers/payment-method.ts";
import { readSubscription } from "../../stripe-webhook/readers/subscription.ts";
import type { StripeNoun } from "../billing-database.ts";
import type { Services } from "./import-customers.ts";

const DAY = 86_400;

/**
 * What a linked customer has at Stripe comes into the books as its events would bring it: how to pay, plans, and the
 * paid invoices of their running periods, by whose lines the credits are keyed. Answers what could not be applied.
 */
export async function takeOver(
  services: Services,
  accountId: string,
  customer: Stripe.Customer,
  subscriptions: Stripe.Subscription[],
): Promise<string[]> {
  const { stripe } = services;
  const problems: string[] = [];
  const apply = async (noun: StripeNoun, id: string, read: () => object | Promise<object | null>) => {
    const problem = await applyDifference(services, accountId, noun, id, read);
    if (problem !== null) problems.push(`${id}: ${problem}`);
  };
  await apply("customer", customer.id, async () =>
    customerFacts(await stripe.customers.retrieve(customer.id)),
  );
  for await (const method of stripe.customers.listPaymentMethods(customer.id, { limit: 100 }))
    await apply("payment_method", method.id, () => paymentMethodFacts(method, customer.id));
  for (const subscription of subscriptions) {
    await apply("subscription", subscription.id, () => readSubscription(stripe, subscription.id));
    for (const id of await paidInvoices(stripe, subscription))
      await apply("invoice", id, () => readInvoice(stripe, id));
  }
  return problems;
}

/** Those of the running period, and of changes within it, oldest first: an invoice is made when its period begins. */
async function paidInvoices(stripe: Stripe, { id, items }: Stripe.Subscription): Promise<string[]> {
  const start = Math.min(...items.data.map((item) => item.current_period_start));
  const created = { gte: start - DAY };
  const list = stripe.invoices.list({ subscription: id, status: "paid", created, limit: 100 });
  const invoices = await Array.fromAsync(list);
  return invoices
    .map((invoice) => invoice.id)
    .filter((one) => one !== undefined)
    .reverse();
}

/** Compared first, as a reconciliation does, so that a second import writes nothing. */
async function applyDifference(
  { books, rpc }: Services,
  accountId: string,
  noun: StripeNoun,
  id: string,
  read: () => object | Promise<object | null>,
): Promise<string | null> {
  const ticket = await books.drawTicket();
  const facts = await read();
  if (facts === null) return "it is gone";
  if ((await books.compare(noun, { id, accountId }, { ticket, facts }, false)).length === 0) return null;
  const [row] = await rpc("apply_object", {
    noun,
    event_id: `import:${id}:${ticket}`,
    event_type: `import.${noun}`,
    event_created: new Date().toISOString(),
    api_version: null,
    body_sha256: "",
    ticket,
    facts,
  });
  return row?.outcome === "parked" || row?.outcome === "ignored" ? String(row.reason) : null;
}

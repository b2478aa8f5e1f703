import type { Billable, InvoiceItem, Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import type { Work } from "../engine/work.ts";
import { pricingOf } from "./invoice-lines.ts";

/** Keeps amounts for the next invoice of a subscription. */
export async function keepForNextInvoice(
  work: Work,
  subscription: Subscription,
  billables: Billable[],
): Promise<void> {
  for (const billable of billables) {
    const item = newInvoiceItem(work, subscription, billable);
    await work.state.insert(item, { billable });
    await emit(work, "invoiceitem.created", item);
  }
}

/** What waits for the next invoice, as it will stand there. */
export async function pendingBillables(work: Work, subscription: string): Promise<Billable[]> {
  const items = await pendingItems(work, subscription);
  const billables: Billable[] = [];
  for (const { id } of items) {
    const stored = await work.state.load("invoiceitem", id);
    if (stored) billables.push({ ...stored.hidden.billable, invoiceItem: id });
  }
  return billables;
}

/** Says of pending items which invoice they came upon. */
export async function attachToInvoice(work: Work, billables: Billable[], invoice: string): Promise<void> {
  for (const { invoiceItem } of billables) {
    const item = invoiceItem && (await work.state.find("invoiceitem", invoiceItem));
    if (item) await work.state.save<InvoiceItem>({ ...item, invoice });
  }
}

export async function dropPending(work: Work, subscription: string): Promise<void> {
  for (const item of await pendingItems(work, subscription)) {
    await work.state.remove(item.id);
    await emit(work, "invoiceitem.deleted", item);
  }
}

const pendingItems = ({ state }: Work, subscription: string): Promise<InvoiceItem[]> =>
  state.list(
    "invoiceitem",
    { body: { invoice: null, parent: { subscription_details: { subscription } } } },
    { limit: 250, oldestFirst: true },
  );

function newInvoiceItem(work: Work, subscription: Subscription, billable: Billable): InvoiceItem {
  const { item, price, quantity, amount, description, period, isProration } = billable;
  return {
    id: newId("ii", 24),
    object: "invoiceitem",
    amount,
    currency: price.currency,
    customer: subscription.customer,
    customer_account: null,
    date: work.at,
    description,
    discountable: !isProration,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: {},
    net_amount: amount,
    parent: {
      subscription_details: { subscription: subscription.id, subscription_item: item },
      type: "subscription_details",
    },
    period,
    pricing: pricingOf(price),
    proration: isProration,
    ...(isProration && { proration_details: { credited_items: null, discount_amounts: [] } }),
    quantity,
    quantity_decimal: String(quantity),
    tax_rates: [],
    test_clock: work.state.clock,
  };
}

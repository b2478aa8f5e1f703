import type { Billable, Coupon, Discount, Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { newId } from "../engine/ids.ts";
import type { InvoiceLine, Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { charged, taxEntry } from "./amounts.ts";
import { priceLabel } from "./labels.ts";

/** An item's current period in full. */
export async function fullPeriod(work: Work, item: SubscriptionItem): Promise<Billable> {
  const { price, quantity } = item;
  return {
    item: item.id,
    price,
    quantity,
    amount: price.unit_amount * quantity,
    description: `${quantity} × ${await productName(work, price)} (at ${priceLabel(price)})`,
    period: { start: item.current_period_start, end: item.current_period_end },
    isProration: false,
  };
}

export async function fullPeriods(work: Work, items: SubscriptionItem[]): Promise<Billable[]> {
  const billables: Billable[] = [];
  for (const item of items) billables.push(await fullPeriod(work, item));
  return billables;
}

/** What an item costs on trial: nothing. */
export async function trialPeriods(work: Work, items: SubscriptionItem[]): Promise<Billable[]> {
  const billables: Billable[] = [];
  for (const item of items) {
    const description = `Trial period for ${await productName(work, item.price)}`;
    billables.push({ ...(await fullPeriod(work, item)), amount: 0, description });
  }
  return billables;
}

export const productName = async ({ state }: Work, price: Price): Promise<string> =>
  (await state.get("product", price.product)).name;

type Reduced = { discount: Discount; coupon: Coupon } | null;

/** The lines of an invoice, with what comes off each and the tax upon it. */
export function newLines(
  invoice: string,
  subscription: Subscription,
  billables: Billable[],
  reduced: Reduced,
): InvoiceLine[] {
  const charges = billables.map(({ amount, price, isProration }) => ({
    ...{ amount, price },
    isDiscountable: !isProration,
  }));
  const { enabled: isTaxed } = subscription.automatic_tax;
  const all = charged(charges, reduced?.coupon ?? null, isTaxed);
  return billables.map((billable, at) => {
    const line = newLine(invoice, subscription, billable);
    const { discount, tax } = all[at] ?? { discount: 0, tax: 0 };
    const isReduced = reduced !== null && line.discountable;
    return {
      ...line,
      discount_amounts: isReduced ? [{ amount: discount, discount: reduced.discount.id }] : [],
      taxes: isTaxed ? [taxEntry(tax, line.amount - discount, billable.price.tax_behavior)] : [],
    };
  });
}

function newLine(invoice: string, subscription: Subscription, billable: Billable): InvoiceLine {
  const { item, price, quantity, amount, description, period, isProration, invoiceItem } = billable;
  return {
    id: newId("il", 24),
    object: "line_item",
    amount,
    currency: price.currency,
    description,
    discount_amounts: [],
    discountable: !isProration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: invoiceItem ?? null,
        proration: isProration,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item,
      },
      type: "subscription_item_details",
    },
    period,
    pretax_credit_amounts: [],
    pricing: pricingOf(price),
    quantity,
    quantity_decimal: String(quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

export const pricingOf = (price: Price) => ({
  price_details: { price: price.id, product: price.product },
  type: "price_details",
  unit_amount_decimal: String(price.unit_amount),
});

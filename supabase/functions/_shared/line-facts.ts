import type Stripe from "stripe";
import { type CatalogKeys, catalogKeys, isoTime, lineDetails } from "./stripe-fields.ts";

// What a line of an invoice is worth in credits is asked of these facts: when it is paid, and when it is previewed.

/** A line only names its price; each is read once, for its catalog key. */
export async function readPrices(
  stripe: Stripe,
  lines: Stripe.InvoiceLineItem[],
): Promise<Map<string, CatalogKeys>> {
  const ids = new Set(lines.map((line) => lineDetails(line).priceId).filter((id) => id !== null));
  const read = async (id: string) => [id, catalogKeys(await stripe.prices.retrieve(id))] as const;
  return new Map(await Promise.all([...ids].map(read)));
}

export function lineFacts(line: Stripe.InvoiceLineItem, prices: Map<string, CatalogKeys>) {
  const { priceId, proration, subscriptionItem } = lineDetails(line);
  return {
    id: line.id,
    amount: line.amount,
    quantity: line.quantity,
    price: prices.get(priceId ?? "")?.price ?? null,
    period_start: isoTime(line.period.start),
    period_end: isoTime(line.period.end),
    proration,
    subscription_item: subscriptionItem,
  };
}

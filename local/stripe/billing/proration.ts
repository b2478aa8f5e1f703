import type { Billable, Period, SubscriptionItem } from "../engine/billing-types.ts";
import type { Price } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { sumOf } from "./amounts.ts";
import { paidShare } from "./discounts.ts";
import { productName } from "./invoice-lines.ts";
import { dateLabel } from "./labels.ts";

type Debit = {
  amount: number;
  period: Period;
  quantity: number;
  pricing: { price_details: { price: string } };
};
type Part = { price: Price; quantity: number; amount: number; from: number; label: string };

/** Gives back, to the second, what was debited for an item's time after `from`; null when that is nothing. */
export async function unusedTime(work: Work, item: SubscriptionItem, from: number): Promise<Billable | null> {
  const debits = await debitsAfter(work, item, from);
  const amount = -sumAfter(debits, from);
  const last = debits.findLast((debit) => debit.amount > 0);
  if (!last || amount === 0) return null;
  const price = await work.state.get("price", last.pricing.price_details.price);
  return prorated(work, item, { price, quantity: last.quantity, amount, from, label: "Unused time on" });
}

/** Debits an item's time after `from`, up to the end of its period, as far as that was not done yet. */
export async function remainingTime(
  work: Work,
  item: SubscriptionItem,
  from: number,
  isNew = true,
): Promise<Billable> {
  const { price, quantity, current_period_start: start, current_period_end: end } = item;
  const share = await paidShare(work, await work.state.get("subscription", String(item.subscription)));
  const full = (share * price.unit_amount * quantity * (end - from)) / (end - start);
  const debited = isNew ? 0 : sumAfter(await debitsAfter(work, item, from), from);
  const amount = Math.round(full) - debited;
  return prorated(work, item, { price, quantity, amount, from, label: "Remaining time on" });
}

/** What an item's invoices and pending items, voided ones left out, say of its time after `from`; oldest first. */
async function debitsAfter(
  { state }: Work,
  { id, subscription }: SubscriptionItem,
  from: number,
): Promise<Debit[]> {
  const details = { subscription_item_details: { subscription_item: id } };
  const lines = await state.list("line_item", { body: { parent: details } });
  const debits: Debit[] = [];
  for (const line of lines.reverse())
    if (line.period.end > from && (await state.get("invoice", line.invoice)).status !== "void")
      debits.push({ ...line, amount: line.amount - sumOf(line.discount_amounts, ({ amount }) => amount) });
  const parent = { subscription_details: { subscription, subscription_item: id } };
  const pending = await state.list("invoiceitem", { body: { invoice: null, parent } });
  return [...debits, ...pending.reverse()];
}

function sumAfter(debits: Debit[], from: number): number {
  const parts = debits.map(({ amount, period: { start, end } }) =>
    end > from ? (amount * (end - Math.max(from, start))) / (end - start) : 0,
  );
  return Math.round(parts.reduce((sum, part) => sum + part, 0));
}

async function prorated(
  work: Work,
  item: SubscriptionItem,
  { price, quantity, amount, from, label }: Part,
): Promise<Billable> {
  const name = await productName(work, price);
  return {
    item: item.id,
    price,
    quantity,
    amount,
    description: `${label} ${quantity === 1 ? "" : `${quantity} × `}${name} after ${dateLabel(from)}`,
    period: { start: from, end: item.current_period_end },
    isProration: true,
  };
}

import { fromUnix } from "../engine/time.ts";
import type { PaymentMethod, Price } from "../engine/types.ts";

/** `$29.99` from minor units; Intl knows which currencies have none. */
export function money(minorUnits: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export const dateLabel = (seconds: number): string =>
  fromUnix(seconds).toLocaleDateString("en-US", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/** `$29.99 / month`, `$29.99 / 3 months`, `$5.00`. */
export function priceLabel({ unit_amount, currency, recurring }: Price): string {
  const amount = money(unit_amount, currency);
  if (!recurring) return amount;
  const { interval, interval_count: count } = recurring;
  return count === 1 ? `${amount} / ${interval}` : `${amount} / ${count} ${interval}s`;
}

/** `Visa •••• 4242` */
export function methodLabel(method: PaymentMethod): string {
  if (method.type === "us_bank_account")
    return `${method.us_bank_account.bank_name} •••• ${method.us_bank_account.last4}`;
  const { brand, last4 } = method.card;
  return `${brand[0]?.toUpperCase()}${brand.slice(1)} •••• ${last4}`;
}

const invoiceStatuses: Record<string, string> = { open: "Not paid yet", uncollectible: "Never paid" };

/** What a customer calls Stripe's word for the state of an invoice. */
export const invoiceStatus = (status: string | null): string => {
  const word = status ?? "draft";
  return invoiceStatuses[word] ?? `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
};

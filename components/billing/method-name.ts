import type { PaymentMethod } from "@/lib/billing/get-payment-methods";

const brands: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

const types: Record<string, string> = { us_bank_account: "Bank account", sepa_debit: "Bank account" };

/** Stripe's words may grow: a brand or a type that is not known yet is written as Stripe has it. */
export function methodName({ type, brand, last4 }: PaymentMethod): string {
  const name = brand ? (brands[brand] ?? brand) : (types[type] ?? type.replaceAll("_", " "));
  return last4 ? `${name} ending in ${last4}` : name;
}

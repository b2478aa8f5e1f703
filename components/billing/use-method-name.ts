import { useTranslations } from "next-intl";
import type { PaymentMethod } from "@/lib/billing/get-payment-methods";

const brands: Record<string, string> = {
  amex: "American Express",
  diners: "Diners Club",
  jcb: "JCB",
  mastercard: "Mastercard",
  unionpay: "UnionPay",
  visa: "Visa",
};

/** Stripe's words may grow: a brand or a type that is not known yet is written as Stripe has it. */
export function useMethodName() {
  const words = useTranslations("billing.methods");
  return ({ type, brand, last4 }: PaymentMethod) => {
    const isBank = type === "us_bank_account" || type === "sepa_debit";
    const kind = isBank ? words("bank") : type.replaceAll("_", " ");
    const name = brand ? (brands[brand] ?? brand) : kind;
    return last4 ? words("ending", { name, last4 }) : name;
  };
}

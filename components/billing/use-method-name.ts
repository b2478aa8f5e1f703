import { useTranslations } from "next-intl";
import type { PaymentMethod } from "@/lib/billing/get-payment-methods";

const brands = ["amex", "diners", "jcb", "mastercard", "unionpay", "visa"] as const;

/** Stripe's words may grow: a brand or a type that is not known yet is written as Stripe has it. */
export function useMethodName() {
  const words = useTranslations("billing");
  const nameOf = (brand: string) => {
    const key = brands.find((known) => known === brand);
    return key ? words(`brands.${key}`) : brand;
  };
  return ({ type, brand, last4 }: PaymentMethod) => {
    const isBank = type === "us_bank_account" || type === "sepa_debit";
    const kind = isBank ? words("methods.bank") : type.replaceAll("_", " ");
    const name = brand ? nameOf(brand) : kind;
    return last4 ? words("methods.ending", { name, last4 }) : name;
  };
}

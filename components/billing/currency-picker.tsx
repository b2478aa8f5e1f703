"use client";

import { useTranslations } from "next-intl";
import { useRefusal } from "@/components/billing/use-refusal";
import { currencyAction } from "@/lib/actions/currency";

/** In which currency the prices are shown; fixed once something was paid in one. */
export function CurrencyPicker({
  currency,
  currencies,
  isFixed,
}: {
  currency: string;
  currencies: string[];
  isFixed: boolean;
}) {
  const t = useTranslations("plans");
  const [, action, isPending] = useRefusal(currencyAction);
  if (currencies.length < 2) return null;
  if (isFixed)
    return (
      <p className="text-center text-caption text-muted-foreground">
        {t("currencyFixed", { currency: currency.toUpperCase() })}
      </p>
    );
  return (
    <form action={action} className="flex justify-center">
      <label className="flex items-center gap-2 text-caption text-muted-foreground">
        {t("currency")}
        <select
          key={currency}
          name="currency"
          defaultValue={currency}
          disabled={isPending}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="h-9 cursor-pointer rounded-lg border bg-card px-2.5 text-foreground"
        >
          {currencies.map((one) => (
            <option key={one} value={one}>
              {one.toUpperCase()}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}

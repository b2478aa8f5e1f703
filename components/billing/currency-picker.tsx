"use client";

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
  const [, action, isPending] = useRefusal(currencyAction);
  if (currencies.length < 2) return null;
  if (isFixed)
    return (
      <p className="text-center text-[13px] text-muted-foreground">
        Prices are in {currency.toUpperCase()}, the currency you pay in.
      </p>
    );
  return (
    <form action={action} className="flex justify-center">
      <label className="flex items-center gap-2 text-[13px] text-muted-foreground">
        Currency
        <select
          key={currency}
          name="currency"
          defaultValue={currency}
          disabled={isPending}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="rounded-lg border bg-card px-2.5 py-1.5 text-foreground uppercase"
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

import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { NextCharge as Charge } from "@/lib/billing/get-next-charge";

/** When how much is charged: in a fact of the plan, or in the sentence about what a plan that rests would cost. */
export function NextCharge({ charge }: { charge: Charge }) {
  const plan = useTranslations("billing.plan");
  const upcoming = useTranslations("billing.upcoming");
  const { date: format, money } = useFormats();
  const note = useNote(charge);
  const amount = money(charge.amountCents, charge.currency);
  const date = charge.at ? format(charge.at) : "";
  const isFree = charge.isWhole && charge.amountCents === 0 ? "yes" : "no";
  if (charge.when === "if_kept") return upcoming("ifKept", { isFree, amount, date, note });
  if (charge.when === "if_resumed") return upcoming("ifResumed", { isFree, amount, note });
  return (
    <span className="tabular-nums">
      {amount}
      <span className="block text-xs font-normal text-muted-foreground">
        {plan("onDate", { date, note })}
      </span>
    </span>
  );
}

function useNote({ isWhole, taxCents, offCents, currency }: Charge): string {
  const words = useTranslations("billing.plan");
  const { money } = useFormats();
  const tax = money(taxCents, currency);
  const off = money(offCents, currency);
  if (!isWhole) return words("beforeTax");
  if (taxCents > 0) return offCents > 0 ? words("withBoth", { tax, off }) : words("withTax", { tax });
  return offCents > 0 ? words("withDiscount", { off }) : words("whole");
}

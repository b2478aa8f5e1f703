import { useTranslations } from "next-intl";
import { useFormats } from "@/components/use-formats";
import type { AccountNotice } from "@/lib/billing/get-notices";

/** Of which payments how many credits are owed, and how that is settled. */
export function Debts({ debts }: { debts: AccountNotice[] }) {
  const words = useTranslations("billing.debt");
  const common = useTranslations("common");
  const { date: format } = useFormats();
  return (
    <>
      <ul className="divide-y divide-border text-sm">
        {debts.map(({ key, subject, at, credits }) => (
          <li key={key} className="flex justify-between gap-4 py-2.5 first:pt-0">
            <span>
              {subject
                ? words("of", { subject, date: format(at) })
                : words("ofNothing", { date: format(at) })}
            </span>
            <span className="shrink-0 font-medium tabular-nums">
              {common("credits", { count: credits ?? 0 })}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-caption text-muted-foreground">{words("how")}</p>
    </>
  );
}

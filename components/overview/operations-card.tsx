import { useTranslations } from "next-intl";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useFormats } from "@/components/use-formats";
import type { OperationUsage } from "@/lib/credits/get-period-usage";

const SHOWN = 4;

/** What the credits went to, the most first; what is small is one line. */
export function OperationsCard({ operations }: { operations: OperationUsage[] }) {
  const t = useTranslations("overview.operations");
  const { number } = useFormats();
  const rest = operations.slice(SHOWN);
  const lines = operations.slice(0, rest.length === 1 ? SHOWN + 1 : SHOWN).map((operation) => ({
    ...operation,
    name: operation.name ?? t("other"),
  }));
  if (rest.length > 1) {
    const sum = (of: "uses" | "used") => rest.reduce((total, line) => total + line[of], 0);
    lines.push({
      key: "rest",
      name: t("rest", { count: rest.length }),
      uses: sum("uses"),
      used: sum("used"),
      subject: null,
    });
  }
  const most = Math.max(...lines.map(({ used }) => used), 1);
  return (
    <ul className="space-y-4">
      {lines.map(({ key, name, uses, used }) => (
        <li key={key}>
          <p className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
            <span className="min-w-0 break-words">
              {name} <span className="text-xs text-muted-foreground">{t("uses", { count: uses })}</span>
            </span>
            <span className="font-medium tabular-nums">{number(used)}</span>
          </p>
          <ProgressBar share={used / most} className="bg-foreground/70" />
        </li>
      ))}
    </ul>
  );
}

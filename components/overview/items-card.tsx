import { useTranslations } from "next-intl";
import { ProgressBar } from "@/components/ui/progress-bar";
import { useFormats } from "@/components/use-formats";
import type { Limit } from "@/lib/credits/get-limits";

const colours = {
  unlimited: "",
  none: "",
  open: "bg-foreground/70",
  near: "bg-warning",
  full: "bg-warning",
  over: "bg-negative",
};

/** What there is now of what the plan counts. */
export function ItemsCard({ items }: { items: Limit[] }) {
  const t = useTranslations("overview.items");
  const { number } = useFormats();
  return (
    <ul className="space-y-4">
      {items.map(({ key, name, max, used, state }) => (
        <li key={key}>
          <p className="mb-1.5 flex items-baseline justify-between gap-3 text-sm">
            <span className="min-w-0 break-words">{name}</span>
            <span className="font-medium tabular-nums">
              {max === null
                ? t("unlimited", { used: number(used) })
                : t("of", { used: number(used), max: number(max) })}
            </span>
          </p>
          {max !== null && <ProgressBar share={max > 0 ? used / max : 1} className={colours[state]} />}
          {(state === "full" || state === "over") && (
            <p className="mt-1.5 text-xs text-muted-foreground">{t(state)}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

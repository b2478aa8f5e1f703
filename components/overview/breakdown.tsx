import { Info } from "lucide-react";
import { useTranslations } from "next-intl";
import { kindColours } from "@/components/overview/kinds";
import { HoverPopover } from "@/components/ui/popover";
import { useFormats } from "@/components/use-formats";
import type { CreditPart } from "@/lib/overview/get-credits";
import { cn } from "@/lib/utils";

/** What the total is made of; what can be spent is always told, what cannot where there is some. */
export function Breakdown({ parts }: { parts: CreditPart[] }) {
  const t = useTranslations("overview");
  const { number } = useFormats();
  const told = parts.filter(({ kind, credits }) => credits > 0 || (kind !== "held" && kind !== "frozen"));
  return (
    <HoverPopover label={t("breakdown")} trigger={<Info className="size-4.5" aria-hidden />}>
      <ul className="space-y-3">
        {told.map((part) => (
          <li key={part.kind} className="flex items-start justify-between gap-4">
            <span className="flex gap-2.5">
              <span
                className={cn("mt-1.5 size-2.5 shrink-0 rounded-full", kindColours[part.kind])}
                aria-hidden
              />
              <span>
                {t(`kind.${part.kind}`)}
                <span className="block text-xs text-muted-foreground">
                  <Note {...part} />
                </span>
              </span>
            </span>
            <span className="font-medium tabular-nums">{number(part.credits)}</span>
          </li>
        ))}
      </ul>
    </HoverPopover>
  );
}

function Note({ kind, endsAt }: CreditPart) {
  const t = useTranslations("overview");
  const { date } = useFormats();
  if (kind === "subscription" && endsAt) return t("note.subscriptionUntil", { date: date(endsAt) });
  return t(`note.${kind}`);
}

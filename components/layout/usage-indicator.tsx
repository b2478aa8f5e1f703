import { Coins, CreditCard, Plus, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { useFormats } from "@/components/use-formats";
import type { UsageIndicatorData } from "@/lib/credits/get-usage-indicator";
import { cn } from "@/lib/utils";

const colours = { promotional: "bg-promotional", subscription: "bg-subscription", permanent: "bg-permanent" };

/** What remains, how much that is of a full month, whether it is little, and the way to more. */
export function UsageIndicator({ credits, kinds, full, level, more }: UsageIndicatorData) {
  const words = useTranslations("frame");
  const { number } = useFormats();
  const Icon = level === "enough" ? Coins : TriangleAlert;
  return (
    <section aria-label={words("indicator.label")} className="flex items-center gap-2">
      <Link
        href="/dashboard/usage"
        data-testid="usage-indicator"
        className="flex h-10 flex-col justify-center gap-1 rounded-lg px-2 hover:bg-muted"
      >
        <span className="flex items-center gap-1.5 text-caption leading-4 whitespace-nowrap">
          <Icon
            className={cn("size-3.5 shrink-0", level === "enough" ? "text-muted-foreground" : "text-warning")}
            aria-hidden
          />
          <span>
            {words.rich("indicator.left", {
              count: credits,
              number: number(credits),
              strong: (text) => <strong className="font-medium tabular-nums">{text}</strong>,
              wide: (text) => <span className="text-muted-foreground max-sm:sr-only">{text}</span>,
            })}
          </span>
          {level !== "enough" && (
            <span className="rounded-sm bg-warning/10 px-1 font-medium text-warning">
              {words(`indicator.${level}`)}
            </span>
          )}
        </span>
        <span className="flex h-1.5 min-w-20 gap-px overflow-hidden rounded-full bg-muted" aria-hidden>
          {kinds.map(
            (of) =>
              of.credits > 0 && (
                <span
                  key={of.kind}
                  className={colours[of.kind]}
                  style={{ width: `${(100 * of.credits) / full}%` }}
                />
              ),
          )}
        </span>
      </Link>
      {more && (
        <Button
          asChild
          variant={level === "enough" ? "outline" : "primary"}
          size="sm"
          className="max-sm:size-10 max-sm:px-0"
        >
          <Link href={more.href}>
            {more.is === "plan" ? <CreditCard aria-hidden /> : <Plus aria-hidden />}
            <span className="max-sm:sr-only">{words(`indicator.more.${more.is}`)}</span>
          </Link>
        </Button>
      )}
    </section>
  );
}

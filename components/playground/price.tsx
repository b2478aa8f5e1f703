import { useTranslations } from "next-intl";
import type { Quote } from "@/lib/credits/quote";
import { cn } from "@/lib/utils";

export function Price({ quote, isQuoting }: { quote: Quote; isQuoting: boolean }) {
  const words = useTranslations("playground.price");
  const common = useTranslations("common");
  const credits = (count: number) => common("credits", { count });
  return (
    <dl
      aria-busy={isQuoting}
      className={cn(
        "space-y-1.5 rounded-lg border bg-muted/50 p-4 text-sm transition-opacity",
        isQuoting && "opacity-50",
      )}
    >
      <Line term={words("cost")} testId="estimated-cost" strong>
        {credits(quote.price)}
      </Line>
      <Line term={words("balance")} testId="playground-balance">
        {credits(quote.balance)}
      </Line>
      {quote.leftAfter === null ? (
        <Line term={words("missing")}>
          <span className="text-negative">{credits(quote.shortfall)}</span>
        </Line>
      ) : (
        <Line term={words("left")}>{credits(quote.leftAfter)}</Line>
      )}
    </dl>
  );
}

function Line({
  term,
  testId,
  strong,
  children,
}: {
  term: string;
  testId?: string;
  strong?: boolean;
  children: React.ReactNode;
}) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className={cn("tabular-nums", strong && "font-medium")} data-testid={testId}>
        {children}
      </dd>
    </div>
  );
}

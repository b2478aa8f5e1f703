import type { Quote } from "@/lib/credits/quote";
import { countCredits } from "@/lib/format";
import { cn } from "@/lib/utils";

export function Price({ quote, isQuoting }: { quote: Quote; isQuoting: boolean }) {
  return (
    <dl
      aria-busy={isQuoting}
      className={cn(
        "space-y-1.5 rounded-lg border bg-muted/50 p-4 text-sm transition-opacity",
        isQuoting && "opacity-50",
      )}
    >
      <Line term="Estimated cost" testId="estimated-cost" strong>
        {countCredits(quote.price)}
      </Line>
      <Line term="Your balance" testId="playground-balance">
        {countCredits(quote.balance)}
      </Line>
      {quote.leftAfter === null ? (
        <Line term="Missing">
          <span className="text-negative">{countCredits(quote.shortfall)}</span>
        </Line>
      ) : (
        <Line term="Left afterwards">{countCredits(quote.leftAfter)}</Line>
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

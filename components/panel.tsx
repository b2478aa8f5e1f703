import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { RetryButton } from "@/components/retry-button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Outcome } from "@/lib/outcome";

/** A card for what was read, or for why it could not be: one panel fails alone. */
export function Panel<T>({
  title,
  hint,
  result,
  action,
  className,
  children,
}: {
  title: string;
  hint?: string;
  result: Outcome<T>;
  action?: (data: T) => React.ReactNode;
  className?: string;
  children: (data: T) => React.ReactNode;
}) {
  const words = useTranslations("frame");
  return (
    <Card className={className} aria-label={title}>
      <CardHeader title={title} hint={hint} action={result.ok && action?.(result.data)} />
      {result.ok ? (
        children(result.data)
      ) : (
        <div role="alert">
          <EmptyState icon={<CircleAlert aria-hidden />} title={words("unread")} action={<RetryButton />}>
            {result.error.message}
          </EmptyState>
        </div>
      )}
    </Card>
  );
}

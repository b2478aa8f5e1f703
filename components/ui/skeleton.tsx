import { Card } from "@/components/ui/card";
import { cn } from "@/lib/utils";

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("animate-pulse rounded-lg bg-muted", className)} />;
}

/** So many bars alike; `className` says how they stand. */
export function SkeletonBars({ count, bar, className }: { count: number; bar: string; className: string }) {
  const keys = Array.from({ length: count }, (_, nth) => `bar ${nth}`);
  return (
    <div className={className}>
      {keys.map((key) => (
        <Skeleton key={key} className={bar} />
      ))}
    </div>
  );
}

/** A card whose bars have these sizes, one below the other, and what else follows. */
export function SkeletonCard({
  bars,
  className,
  children,
}: {
  bars: string[];
  className?: string;
  children?: React.ReactNode;
}) {
  return (
    <Card className={className}>
      {bars.map((bar) => (
        <Skeleton key={bar} className={bar} />
      ))}
      {children}
    </Card>
  );
}

/** A panel that is being read: a title and as many lines as it will about have. */
export function PanelSkeleton({ lines }: { lines: number }) {
  return (
    <SkeletonCard bars={["h-5 w-40"]}>
      <SkeletonBars count={lines} bar="h-9 w-full" className="mt-6 space-y-3" />
    </SkeletonCard>
  );
}

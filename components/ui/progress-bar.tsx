import { cn } from "@/lib/utils";

/** How much of a whole, 0 to 1; more is a full bar. What it means stands beside it. */
export function ProgressBar({ share, className }: { share: number; className?: string }) {
  return (
    <div className="h-1.5 overflow-hidden rounded-full bg-muted" aria-hidden>
      <div
        className={cn("h-full rounded-full", className)}
        style={{ width: `${100 * Math.min(Math.max(share, 0), 1)}%` }}
      />
    </div>
  );
}

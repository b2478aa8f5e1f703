import { cn } from "@/lib/utils";

type SparkDay = { key: string; value: number; label: string };

/** A bar for each day, as high as its value beside the highest. What comes later is an empty place. */
export function Sparkline({
  label,
  days,
  later,
  className,
}: {
  label: string;
  days: SparkDay[];
  later: number;
  className: string;
}) {
  const highest = Math.max(...days.map(({ value }) => value), 1);
  const empty = Array.from({ length: later }, (_, nth) => `later ${nth}`);
  return (
    <div>
      <div className="flex h-12 items-end gap-[3px]" aria-hidden>
        {days.map(({ key, value, label: title }) => (
          <span
            key={key}
            title={title}
            className={cn("min-h-0.5 flex-1 rounded-[2px]", value > 0 ? className : "bg-border")}
            style={{ height: `${(100 * Math.max(value, 0)) / highest}%` }}
          />
        ))}
        {empty.map((key) => (
          <span key={key} className="h-0.5 flex-1 rounded-[2px] bg-muted" />
        ))}
      </div>
      <ul aria-label={label} className="sr-only">
        {days
          .filter(({ value }) => value > 0)
          .map(({ key, label: text }) => (
            <li key={key}>{text}</li>
          ))}
      </ul>
    </div>
  );
}

import { cn } from "@/lib/utils";

type BarPart = {
  key: string;
  label: string;
  value: number;
  /** The value as it is read. */
  shown: string;
  className: string;
};

/** Shares of a whole as one bar, with its key below; a screen reader hears the key. Parts of nothing are left out. */
export function StackedBar({ label, parts }: { label: string; parts: BarPart[] }) {
  const there = parts.filter(({ value }) => value > 0);
  return (
    <div>
      <div className="flex h-3 gap-0.5 overflow-hidden rounded-full bg-muted" aria-hidden>
        {there.map(({ key, value, className }) => (
          <span key={key} className={cn("min-w-1.5", className)} style={{ flexGrow: value }} />
        ))}
      </div>
      <ul aria-label={label} className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-caption">
        {there.map(({ key, label: name, shown, className }) => (
          <li key={key} className="flex items-center gap-1.5 text-muted-foreground">
            <span className={cn("size-2.5 rounded-full", className)} aria-hidden />
            {name} <span className="font-medium text-foreground tabular-nums">{shown}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

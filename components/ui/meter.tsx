import { cn } from "@/lib/utils";

const tones = { normal: "bg-foreground/70", warning: "bg-warning", full: "bg-negative" };

/** How much of something is used. What it comes to stands beside it in words: the colour alone says nothing. */
export function Meter({
  label,
  value,
  max,
  text,
  tone = "normal",
}: {
  label: string;
  value: number;
  max: number;
  text: string;
  tone?: keyof typeof tones;
}) {
  const share = max > 0 ? Math.min(value / max, 1) : 1;
  return (
    <div className="h-2 overflow-hidden rounded-full bg-muted">
      <meter className="sr-only" aria-label={label} min={0} max={max} value={Math.min(value, max)}>
        {text}
      </meter>
      <div
        aria-hidden
        className={cn("h-full rounded-full", tones[tone])}
        style={{ width: `${100 * share}%` }}
      />
    </div>
  );
}

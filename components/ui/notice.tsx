import { cn } from "@/lib/utils";

const tones = {
  positive: "border-positive/25 bg-positive/8 text-positive",
  warning: "border-warning/30 bg-warning/8 text-warning",
  negative: "border-negative/25 bg-negative/8 text-negative",
  neutral: "bg-muted text-muted-foreground",
};

/** A sentence that must be seen; an error is also said aloud by screen readers. */
export function Notice({
  tone,
  icon,
  children,
  className,
}: {
  tone: keyof typeof tones;
  icon?: React.ReactNode;
  children: React.ReactNode;
  className?: string;
}) {
  return (
    <div
      role={tone === "negative" ? "alert" : undefined}
      className={cn(
        "flex items-start gap-2 rounded-lg border px-3 py-2.5 text-caption [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0",
        tones[tone],
        className,
      )}
    >
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

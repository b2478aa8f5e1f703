import { cn } from "@/lib/utils";

export function Card({ className, ...props }: React.ComponentProps<"section">) {
  return (
    <section
      className={cn(
        "rounded-xl border bg-card p-5 shadow-xs sm:p-6 print:break-inside-avoid print:shadow-none",
        className,
      )}
      {...props}
    />
  );
}

export function CardHeader({
  title,
  hint,
  action,
}: {
  title: string;
  hint?: string;
  action?: React.ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
      <div>
        <h2 className="font-medium tracking-tight">{title}</h2>
        {hint && <p className="mt-0.5 text-caption text-muted-foreground">{hint}</p>}
      </div>
      {action}
    </header>
  );
}

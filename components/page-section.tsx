import { cn } from "@/lib/utils";

/** A part of a long page, with an address of its own. */
export function PageSection({
  id,
  title,
  hint,
  className = "mt-16",
  children,
}: {
  id: string;
  title: string;
  hint?: string;
  className?: string;
  children: React.ReactNode;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className={cn("scroll-mt-20", className)}>
      <h2 id={`${id}-title`} className="text-xl font-semibold tracking-tight">
        {title}
      </h2>
      {hint && <p className="mt-1 max-w-3xl text-sm text-balance text-muted-foreground">{hint}</p>}
      <div className="mt-5">{children}</div>
    </section>
  );
}

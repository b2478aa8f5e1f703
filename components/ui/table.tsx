import { cn } from "@/lib/utils";

/** Scrolls sideways inside its card; the label names it for who cannot see it. */
export function Table({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section aria-label={label} className="-mx-5 overflow-x-auto sm:-mx-6">
      <table className="w-full text-caption">{children}</table>
    </section>
  );
}

export function HeadCell({ className, ...props }: React.ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "border-b px-2 pb-2.5 text-left text-xs font-medium whitespace-nowrap text-muted-foreground first:pl-5 last:pr-5 sm:px-3 sm:first:pl-6 sm:last:pr-6",
        className,
      )}
      {...props}
    />
  );
}

export function Cell({ className, ...props }: React.ComponentProps<"td">) {
  return (
    <td
      className={cn(
        "border-b px-2 py-3 align-middle group-last:border-0 first:pl-5 last:pr-5 sm:px-3 sm:first:pl-6 sm:last:pr-6",
        className,
      )}
      {...props}
    />
  );
}

export function Row(props: React.ComponentProps<"tr">) {
  return <tr className="group hover:bg-muted/40" {...props} />;
}

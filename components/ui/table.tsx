import { cn } from "@/lib/utils";

/** Scrolls sideways inside its card; the label names it for who cannot see it. */
export function Table({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <section aria-label={label} className="-mx-5 overflow-x-auto sm:-mx-6">
      <table className="w-full text-left text-caption">{children}</table>
    </section>
  );
}

export function HeadCell({ className, ...props }: React.ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={cn(
        "cell-x border-b pb-2.5 text-xs font-medium whitespace-nowrap text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

export function Cell({ className, ...props }: React.ComponentProps<"td">) {
  return <td className={cn("cell-x py-3", className)} {...props} />;
}

export function Row({ className, ...props }: React.ComponentProps<"tr">) {
  return <tr className={cn("border-b last:border-0 hover:bg-muted/40", className)} {...props} />;
}

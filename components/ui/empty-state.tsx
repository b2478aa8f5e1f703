import { cn } from "@/lib/utils";

/** `isQuiet`: beside panels that have more to say it stands at the left, and is no taller than its words. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  isQuiet = false,
}: {
  icon: React.ReactNode;
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
  isQuiet?: boolean;
}) {
  return (
    <div className={cn("flex", isQuiet ? "gap-3.5" : "flex-col items-center px-4 py-10 text-center")}>
      <div
        className={cn(
          "grid size-10 shrink-0 place-items-center rounded-full border bg-muted text-muted-foreground [&_svg]:size-4.5",
          !isQuiet && "mb-3",
        )}
      >
        {icon}
      </div>
      <div className={cn(!isQuiet && "contents")}>
        <p className="text-sm font-medium">{title}</p>
        {children && (
          <p
            className={cn(
              "mt-1 max-w-sm text-caption text-muted-foreground",
              isQuiet ? "text-pretty" : "text-balance",
            )}
          >
            {children}
          </p>
        )}
        {action && <div className="mt-4">{action}</div>}
      </div>
    </div>
  );
}

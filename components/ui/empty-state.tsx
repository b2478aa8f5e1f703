import { cn } from "@/lib/utils";

export function EmptyState({
  icon,
  title,
  children,
  action,
  isPage,
}: {
  icon: React.ReactNode;
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
  /** It is all that the page says. */
  isPage?: boolean;
}) {
  const Title = isPage ? "h1" : "p";
  return (
    <div className="flex flex-col items-center px-4 py-10 text-center">
      <div className="mb-3 grid size-10 place-items-center rounded-full border bg-muted text-muted-foreground [&_svg]:size-4.5">
        {icon}
      </div>
      <Title className={isPage ? "text-lg font-semibold tracking-tight" : "text-sm font-medium"}>
        {title}
      </Title>
      {children && (
        <p
          className={cn(
            "mt-1 max-w-sm text-balance text-muted-foreground",
            isPage ? "text-sm" : "text-caption",
          )}
        >
          {children}
        </p>
      )}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}

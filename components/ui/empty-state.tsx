import { Card } from "@/components/ui/card";
import { cn } from "@/lib/utils";

export function EmptyState({
  icon,
  title,
  children,
  action,
  isPage,
  isQuiet,
}: {
  icon: React.ReactNode;
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
  /** It is all that the page says, in a card of its own. */
  isPage?: boolean;
  /** Beside panels that have more to say: at the left, and no taller than its words. */
  isQuiet?: boolean;
}) {
  const Title = isPage ? "h1" : "p";
  const state = (
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
        <Title className={isPage ? "text-lg font-semibold tracking-tight" : "text-sm font-medium"}>
          {title}
        </Title>
        {children && (
          <p
            className={cn(
              "mt-1 max-w-sm text-muted-foreground",
              isPage ? "text-sm" : "text-caption",
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
  return isPage ? <Card className="mx-auto mt-8 max-w-md sm:mt-20">{state}</Card> : state;
}

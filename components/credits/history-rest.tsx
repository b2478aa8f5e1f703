import type { Route } from "next";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";

/** A search that has looked at its share of the history says so, and goes on where it stopped. */
export function HistoryRest({ found, older }: { found: number; older: Route | null }) {
  const words = useTranslations("history");
  return (
    <div
      role="status"
      className="mt-5 flex flex-wrap items-center justify-between gap-3 text-caption text-muted-foreground print:hidden"
    >
      {words("cutShort", { count: found })}
      {older && (
        <Button asChild variant="outline" size="sm">
          <Link href={older} scroll={false}>
            {words("searchOlder")}
          </Link>
        </Button>
      )}
    </div>
  );
}

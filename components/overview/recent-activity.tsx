import { ChevronRight, History } from "lucide-react";
import { useTranslations } from "next-intl";
import { SignedCredits } from "@/components/credits/signed-credits";
import { Link } from "@/components/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { HistoryEntry } from "@/lib/credits/get-history";

/** The last entries; each leads to why it is there. */
export function RecentActivity({ entries }: { entries: HistoryEntry[] }) {
  const t = useTranslations("overview.recent");
  const { dateTime, number } = useFormats();
  if (entries.length === 0) {
    return (
      <EmptyState
        icon={<History aria-hidden />}
        title={t("none")}
        action={
          <Button asChild size="sm">
            <Link href="/dashboard/playground">{t("start")}</Link>
          </Button>
        }
      >
        {t("noneText")}
      </EmptyState>
    );
  }
  return (
    <ul className="-mx-3 -my-2">
      {entries.map((entry) => (
        <li key={entry.number}>
          <Link
            href={`/dashboard/usage?entry=${entry.number}`}
            prefetch={false}
            className="group flex items-center gap-3 rounded-lg px-3 py-2.5 text-sm hover:bg-muted"
          >
            <span className="min-w-0 flex-1">
              <span className="line-clamp-2 break-words">{entry.description}</span>
              <time dateTime={entry.at} className="text-xs text-muted-foreground">
                {t("at", { time: dateTime(entry.at) })}
              </time>
            </span>
            <span className="text-right">
              <SignedCredits credits={entry.credits} />
              <span className="block text-xs text-muted-foreground tabular-nums">
                {t("left", { number: number(entry.balanceAfter) })}
              </span>
            </span>
            <ChevronRight
              className="size-4 shrink-0 text-muted-foreground/60 group-hover:text-foreground"
              aria-hidden
            />
          </Link>
        </li>
      ))}
    </ul>
  );
}

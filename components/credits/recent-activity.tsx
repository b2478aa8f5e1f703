import { History } from "lucide-react";
import { SignedCredits } from "@/components/credits/signed-credits";
import { EmptyState } from "@/components/ui/empty-state";
import type { HistoryEntry } from "@/lib/credits/get-history";
import { formatDateTime } from "@/lib/format";

export function RecentActivity({ entries }: { entries: HistoryEntry[] }) {
  if (entries.length === 0) {
    return (
      <EmptyState icon={<History aria-hidden />} title="No activity yet">
        What you earn and spend will show here.
      </EmptyState>
    );
  }
  return (
    <ul className="-my-3 divide-y">
      {entries.map((entry) => (
        <li key={entry.number} className="flex items-center justify-between gap-4 py-3 text-sm">
          <span className="min-w-0">
            <span className="line-clamp-2 break-words">{entry.description}</span>
            <time dateTime={entry.at} className="text-xs text-muted-foreground">
              {formatDateTime(entry.at)} UTC
            </time>
          </span>
          <SignedCredits credits={entry.credits} />
        </li>
      ))}
    </ul>
  );
}

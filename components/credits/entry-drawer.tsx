"use client";

import { CircleAlert, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { closeEntry } from "@/components/credits/entry-address";
import { EntryExplained } from "@/components/credits/entry-explained";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { explainAction } from "@/lib/actions/history";
import type { Explanation } from "@/lib/credits/explain-entry";
import type { Outcome } from "@/lib/outcome";

export function EntryDrawer({ entry, isOpen }: { entry: string; isOpen: boolean }) {
  const words = useTranslations("history.drawer");
  const common = useTranslations("common");
  const { result, read } = useExplanation(entry);
  return (
    <Drawer
      open={isOpen}
      onClose={closeEntry}
      title={words(titleOf(result))}
      description={words("subtitle", { number: /^\d{1,15}$/.test(entry) ? entry : "–" })}
      close={words("close")}
    >
      {result === null ? (
        <Reading label={words("loading")} />
      ) : result.ok ? (
        <EntryExplained {...result.data} />
      ) : result.error.kind === "unknown" ? (
        <EmptyState icon={<SearchX aria-hidden />} title={words("notFound")}>
          {words("notFoundHint")}
        </EmptyState>
      ) : (
        <div role="alert">
          <EmptyState
            icon={<CircleAlert aria-hidden />}
            title={words("unread")}
            action={
              <Button variant="outline" size="sm" onClick={read}>
                {common("tryAgain")}
              </Button>
            }
          >
            {result.error.message}
          </EmptyState>
        </div>
      )}
    </Drawer>
  );
}

function useExplanation(entry: string) {
  const [result, setResult] = useState<Outcome<Explanation> | null>(null);
  const read = useCallback(() => {
    setResult(null);
    explainAction(entry).then(setResult);
  }, [entry]);
  useEffect(read, [read]);
  return { result, read };
}

function titleOf(result: Outcome<Explanation> | null) {
  const kind = result?.ok ? result.data.entries.at(-1)?.kind : "spend";
  if (kind === "grant") return "whereFrom";
  if (kind === "hold") return "whySetAside";
  return kind === "spend" || kind === "capture" ? "whyCharged" : "whatHappened";
}

function Reading({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="space-y-4">
      <Skeleton className="h-9 w-32" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-24 w-full" />
    </div>
  );
}

"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRefreshes } from "@/components/billing/use-refreshes";
import { RetryButton } from "@/components/retry-button";
import { Notice } from "@/components/ui/notice";

/** As AwaitWebhook, for what was done to a plan. */
export function AwaitPlan() {
  const words = useTranslations("billing.news");
  const { isLate } = useRefreshes();
  return (
    <Notice
      tone="neutral"
      icon={<LoaderCircle className={isLate ? undefined : "animate-spin"} aria-hidden />}
    >
      {isLate ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-72">{words("late")}</p>
          <RetryButton />
        </div>
      ) : (
        words("waiting")
      )}
    </Notice>
  );
}

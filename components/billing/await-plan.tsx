"use client";

import { LoaderCircle } from "lucide-react";
import { useRefreshes } from "@/components/billing/use-refreshes";
import { RetryButton } from "@/components/retry-button";
import { Notice } from "@/components/ui/notice";

/** As AwaitWebhook, for what was done to a plan. */
export function AwaitPlan() {
  const { isLate } = useRefreshes();
  return (
    <Notice
      tone="neutral"
      icon={<LoaderCircle className={isLate ? undefined : "animate-spin"} aria-hidden />}
    >
      {isLate ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-72">
            This takes longer than usual. It shows here as soon as it is confirmed; you can leave this page.
          </p>
          <RetryButton />
        </div>
      ) : (
        "Waiting for the payment service to confirm this. It shows here in a moment."
      )}
    </Notice>
  );
}

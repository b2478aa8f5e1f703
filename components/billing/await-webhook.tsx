"use client";

import { LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRefreshes } from "@/components/billing/use-refreshes";
import { RetryButton } from "@/components/retry-button";
import { EmptyState } from "@/components/ui/empty-state";

/** The payment shows when its webhook has been applied; the page then no longer renders this. */
export function AwaitWebhook() {
  const words = useTranslations("checkout.confirming");
  const { isLate } = useRefreshes();
  return (
    <div role="status">
      <EmptyState
        isPage
        icon={<LoaderCircle className={isLate ? undefined : "animate-spin"} aria-hidden />}
        title={words("title")}
        action={isLate && <RetryButton />}
      >
        {words(isLate ? "late" : "text")}
      </EmptyState>
    </div>
  );
}

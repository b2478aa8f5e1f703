"use client";

import { LoaderCircle } from "lucide-react";
import { useRefreshes } from "@/components/billing/use-refreshes";
import { RetryButton } from "@/components/retry-button";
import { EmptyState } from "@/components/ui/empty-state";

/** The payment shows when its webhook has been applied; the page then no longer renders this. */
export function AwaitWebhook() {
  const { isLate } = useRefreshes();
  return (
    <div role="status">
      <EmptyState
        icon={<LoaderCircle className={isLate ? undefined : "animate-spin"} aria-hidden />}
        title="Confirming your payment"
        action={isLate && <RetryButton />}
      >
        {isLate
          ? "This takes longer than usual. Your credits will come as soon as the payment is confirmed; you can leave this page."
          : "Your payment went through. The credits will be here in a moment."}
      </EmptyState>
    </div>
  );
}

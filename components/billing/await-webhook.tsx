"use client";

import { LoaderCircle } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { RetryButton } from "@/components/retry-button";
import { EmptyState } from "@/components/ui/empty-state";

const EVERY_MS = 1_000;
const PATIENCE_MS = 60_000;

/** Reads the page again until the payment shows; it then no longer renders this. */
export function AwaitWebhook() {
  const router = useRouter();
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (isLate) return;
    const timer = setInterval(() => router.refresh(), EVERY_MS);
    const end = setTimeout(() => setIsLate(true), PATIENCE_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [router, isLate]);
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

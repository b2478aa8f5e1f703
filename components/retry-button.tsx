"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";

/** Reads the page again, without losing what is typed on it. */
export function RetryButton({ children }: { children?: string }) {
  const words = useTranslations("common");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <Button
      variant="outline"
      size="sm"
      disabled={isPending}
      onClick={() => startTransition(() => router.refresh())}
    >
      <RotateCw className={isPending ? "animate-spin" : undefined} aria-hidden />
      {children ?? words("tryAgain")}
    </Button>
  );
}

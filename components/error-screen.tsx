"use client";

import { CircleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What an error.tsx shows: no detail of the error leaves the server but its digest. */
export function ErrorScreen({ digest, retry }: { digest?: string; retry: () => void }) {
  const words = useTranslations();
  return (
    <div role="alert">
      <EmptyState
        isPage
        icon={<CircleAlert aria-hidden />}
        title={words("frame.failed.title")}
        action={
          <Button variant="outline" onClick={retry}>
            {words("common.tryAgain")}
          </Button>
        }
      >
        {digest ? words("frame.failed.number", { digest }) : words("frame.failed.text")}
      </EmptyState>
    </div>
  );
}

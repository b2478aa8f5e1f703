"use client";

import { CircleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What an error.tsx shows: no detail of the error leaves the server but its digest. */
export function ErrorScreen({ digest, retry }: { digest?: string; retry: () => void }) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert aria-hidden />}
        title="Something went wrong"
        action={
          <Button variant="outline" onClick={retry}>
            Try again
          </Button>
        }
      >
        Nothing was charged.{digest ? ` If it stays so, tell us this number: ${digest}.` : ""}
      </EmptyState>
    </div>
  );
}

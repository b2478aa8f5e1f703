import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="Page not found"
        action={
          <Button asChild variant="outline">
            <Link href="/">Go to the home page</Link>
          </Button>
        }
      >
        The address may be mistyped, or the page is no longer there.
      </EmptyState>
    </main>
  );
}

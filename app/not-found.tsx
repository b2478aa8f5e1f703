import { SearchX } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="There is no such page"
        action={
          <Button asChild variant="outline">
            <Link href="/">Go to the start</Link>
          </Button>
        }
      />
    </main>
  );
}

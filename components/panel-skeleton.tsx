import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** A panel that is being read: a title and as many lines as it will about have. */
export function PanelSkeleton({ lines }: { lines: number }) {
  const words = useTranslations("frame");
  return (
    <Card aria-busy aria-label={words("loading")}>
      <Skeleton className="h-5 w-40" />
      <div className="mt-6 space-y-3">
        {Array.from({ length: lines }, (_, line) => `line ${line}`).map((key) => (
          <Skeleton key={key} className="h-9 w-full" />
        ))}
      </div>
    </Card>
  );
}

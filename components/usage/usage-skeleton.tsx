import { PanelSkeleton } from "@/components/panel-skeleton";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The range picker, the chart, two columns of two panels, and the history. */
export function UsageSkeleton() {
  return (
    <div className="space-y-4">
      <Skeleton className="h-10.5 w-full max-sm:h-19 sm:w-128" />
      <Card aria-busy>
        <Skeleton className="h-5 w-32" />
        <Skeleton className="mt-1.5 h-4 w-64 max-w-full" />
        <Skeleton className="mt-8 h-9 w-44" />
        <Skeleton className="mt-9 h-56 w-full" />
        <Skeleton className="mt-11 h-5 w-2/3" />
        <Skeleton className="mt-5 h-5 w-40" />
      </Card>
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <div className="space-y-4">
          <PanelSkeleton lines={7} />
          <PanelSkeleton lines={3} />
        </div>
        <div className="space-y-4">
          <PanelSkeleton lines={4} />
          <PanelSkeleton lines={3} />
        </div>
      </div>
      <PanelSkeleton lines={10} />
    </div>
  );
}

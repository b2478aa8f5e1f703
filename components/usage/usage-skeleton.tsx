import { PanelSkeleton, Skeleton, SkeletonCard } from "@/components/ui/skeleton";

/** The range picker, the chart, two columns of two panels, and the history. */
export function UsageSkeleton() {
  return (
    <div className="space-y-4">
      <Skeleton className="h-10.5 w-full max-sm:h-19 sm:w-128" />
      <SkeletonCard
        bars={[
          "h-5 w-32",
          "mt-1.5 h-4 w-64 max-w-full",
          "mt-8 h-9 w-44",
          "mt-9 h-56 w-full",
          "mt-11 h-5 w-2/3",
          "mt-5 h-5 w-40",
        ]}
      />
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

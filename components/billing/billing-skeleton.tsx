import { Skeleton, SkeletonBars, SkeletonCard } from "@/components/ui/skeleton";

/** The panels of the page in their places and sizes, so that nothing moves when they come. */
export function BillingSkeleton() {
  return (
    <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-4">
      <SkeletonCard className="md:col-span-2" bars={["h-6 w-28"]}>
        <SkeletonBars count={4} bar="h-11" className="mt-5 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4" />
        <Skeleton className="mt-6 h-10 w-64 max-w-full" />
        <Skeleton className="mt-3 h-8 w-80 max-w-full" />
      </SkeletonCard>
      <SkeletonCard bars={["h-6 w-36", "mt-5 h-6 w-48", "mt-6 h-10 w-36"]} />
      <SkeletonCard bars={["h-6 w-32", "mt-2 h-5 w-48 max-w-full", "mt-5 h-16 w-40", "mt-4 h-10 w-24"]} />
      <SkeletonCard className="md:col-span-2" bars={["h-6 w-40", "mt-5 h-32 w-full"]} />
      <SkeletonCard className="col-span-full" bars={["h-6 w-28"]}>
        <SkeletonBars count={4} bar="h-9 w-full" className="mt-6 space-y-4" />
      </SkeletonCard>
    </div>
  );
}

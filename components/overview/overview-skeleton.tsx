import { SkeletonBars, SkeletonCard } from "@/components/ui/skeleton";

const used = ["period", "operations", "engagement"];

/** The cards of the page in their places and sizes, so that nothing moves when they come. */
export function OverviewSkeleton() {
  return (
    <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
      <SkeletonCard
        className="lg:col-span-2"
        bars={[
          "h-6 w-28",
          "mt-5 h-12 w-48 sm:h-15",
          "mt-5 h-3 w-full",
          "mt-3 h-11 w-56 sm:h-5",
          "mt-5 h-10 w-72 max-w-full",
        ]}
      />
      <SkeletonCard bars={["h-6 w-28", "mt-5 h-7 w-40", "mt-3 h-16 w-full", "mt-8 h-9 w-32"]} />
      <SkeletonBars
        count={4}
        bar="h-11.5"
        className="grid grid-cols-2 gap-3 lg:col-span-full lg:grid-cols-4"
      />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4 lg:col-span-full">
        {used.map((key) => (
          <SkeletonCard
            key={key}
            bars={["h-6 w-36", "mt-5 h-9 w-24", "mt-3 h-5 w-full", "mt-5 h-20 w-full"]}
          />
        ))}
      </div>
      <SkeletonCard className="lg:col-span-2" bars={["h-6 w-48", "mt-1.5 h-4 w-40"]}>
        <SkeletonBars count={4} bar="h-46" className="mt-6 grid grid-cols-2 gap-x-3 gap-y-4" />
      </SkeletonCard>
      <SkeletonCard bars={["h-6 w-32"]}>
        <SkeletonBars count={5} bar="h-11 w-full" className="mt-5 space-y-4" />
      </SkeletonCard>
    </div>
  );
}

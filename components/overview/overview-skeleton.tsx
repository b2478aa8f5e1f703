import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const packs = ["one", "two", "three", "four"];
const used = packs.slice(1);
const entries = [...packs, "five"];

/** The cards of the page in their places and sizes, so that nothing moves when they come. */
export function OverviewSkeleton() {
  const words = useTranslations("frame");
  return (
    <div role="status" aria-label={words("loading")} className="grid grid-cols-1 gap-4 lg:grid-cols-3">
      <Card className="lg:col-span-2">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="mt-5 h-12 w-48 sm:h-15" />
        <Skeleton className="mt-5 h-3 w-full" />
        <Skeleton className="mt-3 h-11 w-56 sm:h-5" />
        <Skeleton className="mt-5 h-10 w-72 max-w-full" />
      </Card>
      <Card>
        <Skeleton className="h-6 w-28" />
        <Skeleton className="mt-5 h-7 w-40" />
        <Skeleton className="mt-3 h-16 w-full" />
        <Skeleton className="mt-8 h-9 w-32" />
      </Card>
      <div className="grid grid-cols-2 gap-3 lg:col-span-full lg:grid-cols-4">
        {packs.map((key) => (
          <Skeleton key={key} className="h-11.5" />
        ))}
      </div>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4 lg:col-span-full">
        {used.map((key) => (
          <Card key={key}>
            <Skeleton className="h-6 w-36" />
            <Skeleton className="mt-5 h-9 w-24" />
            <Skeleton className="mt-3 h-5 w-full" />
            <Skeleton className="mt-5 h-20 w-full" />
          </Card>
        ))}
      </div>
      <Card className="lg:col-span-2">
        <Skeleton className="h-6 w-48" />
        <Skeleton className="mt-1.5 h-4 w-40" />
        <div className="mt-6 grid grid-cols-2 gap-x-3 gap-y-4">
          {packs.map((key) => (
            <Skeleton key={key} className="h-46" />
          ))}
        </div>
      </Card>
      <Card>
        <Skeleton className="h-6 w-32" />
        <div className="mt-5 space-y-4">
          {entries.map((key) => (
            <Skeleton key={key} className="h-11 w-full" />
          ))}
        </div>
      </Card>
    </div>
  );
}

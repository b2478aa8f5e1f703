import { Skeleton } from "@/components/ui/skeleton";

export default function PricingLoading() {
  return (
    <div className="pt-6">
      <Skeleton className="mx-auto h-10 w-40" />
      <Skeleton className="mx-auto mt-3 h-6 w-72 max-w-full" />
      <Skeleton className="mx-auto mt-8 h-11 w-full max-w-xs rounded-xl" />
      <div className="mt-6 grid gap-4 md:grid-cols-3">
        {["first", "second", "third"].map((one) => (
          <Skeleton key={one} className="h-104 rounded-xl" />
        ))}
      </div>
      <Skeleton className="mt-6 h-22 rounded-xl" />
      <Skeleton className="mt-16 h-7 w-48" />
      <div className="mt-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {["one", "two", "three", "four"].map((one) => (
          <Skeleton key={one} className="h-44 rounded-xl" />
        ))}
      </div>
    </div>
  );
}

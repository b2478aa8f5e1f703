import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const facts = ["plan", "price", "credits", "next"];
const payments = ["one", "two", "three", "four"];

/** The panels of the page in their places and sizes, so that nothing moves when they come. */
export function BillingSkeleton() {
  const words = useTranslations("frame");
  return (
    <div role="status" aria-label={words("loading")} className="grid gap-4 md:grid-cols-2 2xl:grid-cols-4">
      <Card className="md:col-span-2">
        <Skeleton className="h-6 w-28" />
        <div className="mt-5 grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-4">
          {facts.map((key) => (
            <Skeleton key={key} className="h-11" />
          ))}
        </div>
        <Skeleton className="mt-6 h-10 w-64 max-w-full" />
        <Skeleton className="mt-3 h-8 w-80 max-w-full" />
      </Card>
      <Card>
        <Skeleton className="h-6 w-36" />
        <Skeleton className="mt-5 h-6 w-48" />
        <Skeleton className="mt-6 h-10 w-36" />
      </Card>
      <Card>
        <Skeleton className="h-6 w-32" />
        <Skeleton className="mt-2 h-5 w-48 max-w-full" />
        <Skeleton className="mt-5 h-16 w-40" />
        <Skeleton className="mt-4 h-10 w-24" />
      </Card>
      <Card className="md:col-span-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="mt-5 h-32 w-full" />
      </Card>
      <Card className="col-span-full">
        <Skeleton className="h-6 w-28" />
        <div className="mt-6 space-y-4">
          {payments.map((key) => (
            <Skeleton key={key} className="h-9 w-full" />
          ))}
        </div>
      </Card>
    </div>
  );
}

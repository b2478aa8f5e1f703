import type { Route } from "next";
import { useTranslations } from "next-intl";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Link } from "@/components/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";

/** What can be had beside the plan; each step is shown with its price before it is made. */
export function AddOnList({
  addOns,
  currency,
  interval,
}: Pick<ManagedPlan, "addOns" | "currency" | "interval">) {
  const words = useTranslations("billing.addOns");
  const perInterval = usePerInterval();
  return (
    <ul className="divide-y divide-border">
      {addOns.map((addOn) => (
        <li
          key={addOn.key}
          aria-label={addOn.name}
          className="flex flex-wrap items-center gap-x-6 gap-y-3 py-4 first:pt-0 last:pb-0"
        >
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
              {addOn.name}
              {addOn.quantity > 0 && (
                <Badge tone="positive">{words("added", { count: addOn.quantity })}</Badge>
              )}
            </p>
            <p className="mt-0.5 text-caption text-muted-foreground">
              {addOn.description} {addOn.features.join(" · ")}
            </p>
          </div>
          <p className="text-sm tabular-nums">{perInterval(addOn.priceCents, currency, interval)}</p>
          <div className="flex gap-2 empty:hidden">
            <Step to={addOn.add} step="add" name={addOn.name} />
            <Step to={addOn.changeQuantity} step="change" name={addOn.name} />
            <Step to={addOn.remove} step="remove" name={addOn.name} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Step({ to, name, step }: { to: Route | null; name: string; step: "add" | "change" | "remove" }) {
  const words = useTranslations("billing.addOns");
  if (!to) return null;
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={to} prefetch={false} aria-label={words(`${step}Named`, { name })}>
        {words(step)}
      </Link>
    </Button>
  );
}

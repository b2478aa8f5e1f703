import type { Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { ManagedPlan } from "@/lib/billing/get-managed-plan";
import { formatPerInterval } from "@/lib/format";

/** What can be had beside the plan; each step is shown with its price before it is made. */
export function AddOnList({
  addOns,
  currency,
  interval,
}: Pick<ManagedPlan, "addOns" | "currency" | "interval">) {
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
                <Badge tone="positive">{addOn.quantity === 1 ? "Added" : `Added × ${addOn.quantity}`}</Badge>
              )}
            </p>
            <p className="mt-0.5 text-[13px] text-muted-foreground">
              {addOn.description} {addOn.features.join(" · ")}
            </p>
          </div>
          <p className="text-sm tabular-nums">{formatPerInterval(addOn.priceCents, currency, interval)}</p>
          <div className="flex gap-2">
            <Step to={addOn.add} name={addOn.name}>
              Add
            </Step>
            <Step to={addOn.changeQuantity} name={addOn.name}>
              Change quantity
            </Step>
            <Step to={addOn.remove} name={addOn.name}>
              Remove
            </Step>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Step({ to, name, children }: { to: Route | null; name: string; children: string }) {
  if (!to) return null;
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={to} prefetch={false} aria-label={`${children}: ${name}`}>
        {children}
      </Link>
    </Button>
  );
}

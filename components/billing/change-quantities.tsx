import Form from "next/form";
import { useTranslations } from "next-intl";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { Button } from "@/components/ui/button";
import type { WantedItem } from "@/lib/billing/get-change-review";

/** What is wished for. Another quantity is another address, whose costs the server works out. */
export function ChangeQuantities({ items }: { items: WantedItem[] }) {
  const words = useTranslations("billing.change");
  const perInterval = usePerInterval();
  const [plan] = items;
  return (
    <Form action="/dashboard/billing/change" replace>
      {plan && <input type="hidden" name="plan" value={plan.lookupKey} />}
      <ul className="space-y-2">
        {items.map((item) => (
          <li key={item.field} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="font-medium">{item.name}</span>
            <span className="flex items-center gap-3 tabular-nums">
              <Quantity item={item} />
              {perInterval(item.priceCents, item.currency, item.interval)}
            </span>
          </li>
        ))}
      </ul>
      {items.some(({ maxQuantity }) => maxQuantity > 1) && (
        <Button type="submit" variant="outline" size="sm" className="mt-3">
          {words("update")}
        </Button>
      )}
    </Form>
  );
}

function Quantity({ item: { field, name, isAddOn, quantity, maxQuantity } }: { item: WantedItem }) {
  const words = useTranslations("billing.change");
  if (maxQuantity === 1) return <input type="hidden" name={field} value={quantity} />;
  return (
    <label className="flex items-center gap-2 text-caption text-muted-foreground">
      {isAddOn ? words("quantity") : words("seats")}
      <input
        key={quantity}
        type="number"
        name={field}
        aria-label={isAddOn ? words("quantityOf", { name }) : words("seats")}
        defaultValue={quantity}
        min={isAddOn ? 0 : 1}
        max={maxQuantity}
        step={1}
        required
        className="h-8 w-20 rounded-lg border bg-card px-2 text-sm text-foreground shadow-xs"
      />
      ×
    </label>
  );
}

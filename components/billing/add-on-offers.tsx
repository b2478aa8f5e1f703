import { useTranslations } from "next-intl";
import { usePerInterval } from "@/components/billing/use-per-interval";
import { PageSection } from "@/components/page-section";
import { useFormats } from "@/components/use-formats";
import type { PricedAddOn } from "@/lib/billing/get-pricing-page";

/** What can be added to a plan; it is added where the plan is managed. */
export function AddOnOffers({ addOns, withSeats }: { addOns: PricedAddOn[]; withSeats: string[] }) {
  const t = useTranslations("plans");
  const perInterval = usePerInterval();
  const { number } = useFormats();
  if (addOns.length === 0 && withSeats.length === 0) return null;
  return (
    <PageSection id="add-ons" title={t("addOns")} hint={t("addOnsHint")}>
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {addOns.map((addOn) => (
          <li key={addOn.key} className="flex items-baseline justify-between gap-4 border-t py-3.5 text-sm">
            <div className="min-w-0">
              <p className="font-medium">{addOn.name}</p>
              <p className="text-caption text-muted-foreground">
                {addOn.description}{" "}
                {addOn.maxQuantity > 1 && t("addOnUpTo", { count: number(addOn.maxQuantity) })}
              </p>
            </div>
            <p className="whitespace-nowrap tabular-nums">
              {perInterval(addOn.price.priceCents, addOn.price.currency, addOn.price.interval)}
            </p>
          </li>
        ))}
      </ul>
      {withSeats.length > 0 && (
        <p className="mt-4 text-caption text-muted-foreground">
          {t("seatsHint", { plans: withSeats.join(", ") })}
        </p>
      )}
    </PageSection>
  );
}

import { PackageOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { Pack } from "@/lib/billing/get-catalog";

/** Packs as buttons, for who may buy them. */
export function PackGrid({ packs, intent }: { packs: Pack[]; intent: string }) {
  const t = useTranslations("plans");
  const { price } = useFormats();
  if (packs.length === 0) return <EmptyState icon={<PackageOpen aria-hidden />} title={t("noPacks")} />;
  return (
    <ul className="grid gap-3 min-[360px]:grid-cols-2">
      {packs.map((pack) => (
        <li key={pack.lookupKey}>
          <CheckoutForm
            lookupKey={pack.lookupKey}
            intent={intent}
            variant="outline"
            className="[&>button]:h-auto [&>button]:w-full [&>button]:flex-col [&>button]:items-start [&>button]:gap-0.5 [&>button]:p-4"
          >
            <span className="flex items-center gap-1.5">
              <span className="size-2 rounded-full bg-permanent" aria-hidden />
              {pack.name}
            </span>
            <span className="text-lg font-semibold tabular-nums">
              {price(pack.priceCents, pack.currency)}
            </span>
          </CheckoutForm>
        </li>
      ))}
    </ul>
  );
}

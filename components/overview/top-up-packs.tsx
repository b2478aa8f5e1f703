import { useTranslations } from "next-intl";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { Badge } from "@/components/ui/badge";
import { useFormats } from "@/components/use-formats";
import type { TopUpPack } from "@/lib/overview/get-top-up";

/** Each pack is the button that buys it: its price, what a credit costs, and what is saved beside the dearest. */
export function TopUpPacks({ packs, intent }: { packs: TopUpPack[]; intent: string }) {
  return (
    <div className="@container">
      <ul className="grid grid-cols-2 gap-3 @2xl:grid-cols-4">
        {packs.map((pack) => (
          <li key={pack.lookupKey} className="grid">
            <CheckoutForm
              lookupKey={pack.lookupKey}
              intent={intent}
              variant="outline"
              className="grid [&>button]:h-auto [&>button]:w-full [&>button]:flex-col [&>button]:items-start [&>button]:justify-start [&>button]:gap-1 [&>button]:p-4 [&>button]:text-left [&>button]:whitespace-normal"
            >
              <Pack pack={pack} />
            </CheckoutForm>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Pack({ pack }: { pack: TopUpPack }) {
  const t = useTranslations("overview.topUp");
  const plans = useTranslations("plans");
  const { price, money, percent } = useFormats();
  return (
    <>
      <span className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 text-caption">
        <span className="size-2 rounded-full bg-permanent" aria-hidden />
        {pack.name}
        {pack.isBestValue && (
          <span className="-my-0.5 ml-auto">
            <Badge tone="positive">{t("best")}</Badge>
          </span>
        )}
      </span>
      <span className="text-2xl font-semibold tracking-tight tabular-nums">
        {price(pack.priceCents, pack.currency)}
      </span>
      <span className="text-xs font-normal text-muted-foreground">
        {plans("packRate", { price: money(pack.per100Cents, pack.currency) })}
      </span>
      {pack.expiresAfterDays !== null && (
        <span className="text-xs font-normal text-muted-foreground">
          {plans("packLasts", { days: pack.expiresAfterDays })}
        </span>
      )}
      <span className="min-h-4 text-xs font-normal text-positive">
        {pack.savedPercent !== null && plans("packSaves", { percent: percent(pack.savedPercent / 100) })}
      </span>
    </>
  );
}

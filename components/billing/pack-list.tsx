import { PackageOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { CheckoutForm } from "@/components/billing/checkout-form";
import { signUpFor } from "@/components/billing/sign-up-for";
import { Link } from "@/components/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { useFormats } from "@/components/use-formats";
import type { PricedPack } from "@/lib/billing/price-packs";
import { cn } from "@/lib/utils";

/** Packs with what a credit costs in each, for who may buy them and for who may not yet. */
export function PackList({
  packs,
  intent,
  isBeside,
}: {
  packs: PricedPack[];
  intent: string;
  /** Of other panels: two in a row, and as high as these. */
  isBeside?: boolean;
}) {
  const t = useTranslations("plans");
  if (packs.length === 0)
    return (
      <EmptyState icon={<PackageOpen aria-hidden />} title={t("noPacks")}>
        {t("noPacksText")}
      </EmptyState>
    );
  return (
    <div className="@container grid flex-1">
      <ul className={cn("grid grid-cols-2 gap-x-3 gap-y-4", !isBeside && "@2xl:grid-cols-4")}>
        {packs.map((pack) => (
          <PackItem key={pack.lookupKey} pack={pack} intent={intent} />
        ))}
      </ul>
    </div>
  );
}

function PackItem({ pack, intent }: { pack: PricedPack; intent: string }) {
  const t = useTranslations("plans");
  const { price, money, percent } = useFormats();
  return (
    <li
      aria-label={pack.name}
      className="relative flex flex-col rounded-xl border bg-card p-3.5 shadow-xs @sm:p-4 @2xl:p-5"
    >
      <p className="flex items-center gap-1.5 text-caption">
        <span className="size-2 shrink-0 rounded-full bg-permanent" aria-hidden />
        {pack.name}
        {pack.isBestValue && (
          <span className="absolute -top-3 right-3 rounded-full bg-card">
            <Badge tone="positive">{t("packBest")}</Badge>
          </span>
        )}
      </p>
      <p className="mt-2 text-2xl font-semibold tracking-tight tabular-nums">
        {price(pack.priceCents, pack.currency)}
      </p>
      <p className="mt-1 flex-1 text-xs leading-[1.125rem] text-muted-foreground">
        {t("packRate", { price: money(pack.per100Cents, pack.currency) })}
        {pack.expiresAfterDays !== null && (
          <span className="block">{t("packLasts", { days: pack.expiresAfterDays })}</span>
        )}
        {pack.savedPercent !== null && (
          <span className="block text-positive">
            {t("packSaves", { percent: percent(pack.savedPercent / 100) })}
          </span>
        )}
      </p>
      <PackButton pack={pack} intent={intent} />
    </li>
  );
}

function PackButton({ pack: { state, lookupKey, name }, intent }: { pack: PricedPack; intent: string }) {
  const t = useTranslations("plans");
  const named = t("buyPack", { pack: name });
  if (state === "needs_plan") return null;
  if (state === "available")
    return (
      <CheckoutForm
        lookupKey={lookupKey}
        intent={intent}
        variant="outline"
        aria-label={named}
        className="mt-4 [&>button]:w-full"
      >
        {t("buy")}
      </CheckoutForm>
    );
  if (state === "sign-up")
    return (
      <Button asChild variant="outline" className="mt-4">
        <Link href={signUpFor({ offer: lookupKey })} aria-label={named}>
          {t("buy")}
        </Link>
      </Button>
    );
  return (
    <Button variant="outline" className="mt-4" disabled>
      {t("packOnHold")}
    </Button>
  );
}

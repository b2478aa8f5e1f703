import { Lock, PackageOpen } from "lucide-react";
import { useTranslations } from "next-intl";
import { PlansButton } from "@/components/billing/plans-button";
import { TopUpPacks } from "@/components/overview/top-up-packs";
import { EmptyState } from "@/components/ui/empty-state";
import type { TopUpData } from "@/lib/overview/get-top-up";

/** Packs to buy, or why they are locked and what opens them. */
export function TopUp({ pricing, packs }: Pick<TopUpData, "pricing" | "packs">) {
  const t = useTranslations("overview.topUp");
  const open = packs.filter(({ state }) => state === "available");
  if (open.length > 0) return <TopUpPacks packs={open} intent={pricing.intent} />;
  if (pricing.canBuy && packs.length === 0) {
    return (
      <EmptyState icon={<PackageOpen aria-hidden />} title={t("none")}>
        {t("noneText")}
      </EmptyState>
    );
  }
  const why = !pricing.canBuy ? "closed" : pricing.isOnHold ? "onHold" : "needsPlan";
  return (
    <EmptyState
      icon={<Lock aria-hidden />}
      title={t("locked")}
      action={
        why === "needsPlan" && (
          <PlansButton pricing={pricing} variant="outline">
            {t("view")}
          </PlansButton>
        )
      }
    >
      {t(why)}
    </EmptyState>
  );
}

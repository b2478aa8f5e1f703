import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { PackList } from "@/components/billing/pack-list";
import { PlansButton } from "@/components/billing/plans-button";
import { Panel } from "@/components/panel";
import { EmptyState } from "@/components/ui/empty-state";
import type { Pricing } from "@/lib/billing/get-pricing";
import type { Outcome } from "@/lib/outcome";

/** Packs to buy, or why they are locked and what opens them. */
export function TopUp({ pricing }: { pricing: Outcome<Pricing> }) {
  const t = useTranslations("overview.topUp");
  const isForever =
    pricing.ok && pricing.data.packs.every(({ expiresAfterDays }) => expiresAfterDays === null);
  return (
    <Panel
      title={t("title")}
      hint={isForever ? t("hint") : undefined}
      result={pricing}
      className="flex flex-col"
    >
      {(data) => <Packs pricing={data} />}
    </Panel>
  );
}

function Packs({ pricing }: { pricing: Pricing }) {
  const t = useTranslations("overview.topUp");
  const open = pricing.packs.filter(({ state }) => state === "available");
  if (open.length > 0 || (pricing.canBuy && pricing.packs.length === 0))
    return <PackList packs={open} intent={pricing.intent} isBeside />;
  const why = !pricing.canBuy ? "closed" : pricing.isOnHold ? "onHold" : "needsPlan";
  return (
    <div className="my-auto">
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
    </div>
  );
}

import { useTranslations } from "next-intl";
import { PackList } from "@/components/billing/pack-list";
import { PageSection } from "@/components/page-section";
import type { Pricing } from "@/lib/billing/get-pricing";

/** The packs below the plans, with what is common to them; nothing where none is sold. */
export function PackSection({
  pricing: { packs, intent },
  className,
}: {
  pricing: Pick<Pricing, "packs" | "intent">;
  className?: string;
}) {
  const t = useTranslations("plans");
  const last = packs.every(({ expiresAfterDays }) => expiresAfterDays === null);
  const needsPlan = packs.some(({ state }) => state === "needs_plan");
  if (packs.length === 0) return null;
  return (
    <PageSection
      id="packs"
      title={t("packs")}
      className={className}
      hint={`${t(last ? "packsForever" : "packsExpire")}${needsPlan ? ` ${t("packsNeedPlan")}` : ""}`}
    >
      <PackList packs={packs} intent={intent} />
    </PageSection>
  );
}

import { useTranslations } from "next-intl";
import { EngagementCard } from "@/components/overview/engagement-card";
import { ItemsCard } from "@/components/overview/items-card";
import { OperationsCard } from "@/components/overview/operations-card";
import { PeriodPanel } from "@/components/overview/period-panel";
import { Panel } from "@/components/panel";
import type { Limit } from "@/lib/credits/get-limits";
import type { PeriodUsage } from "@/lib/credits/get-period-usage";
import type { Outcome } from "@/lib/outcome";

/** What the data has something to say about: a card that would be empty is left out, and the others take its place. */
export function UsageCards({
  usage,
  limits,
}: {
  usage: Outcome<PeriodUsage | null>;
  limits: Outcome<Limit[]>;
}) {
  const t = useTranslations("overview.panel");
  const isUsed = usage.ok && usage.data !== null && usage.data.uses > 0;
  const items = limits.ok ? limits.data.filter(({ per }) => per === null) : [];
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,17rem),1fr))] gap-4 empty:hidden lg:col-span-full">
      {(isUsed || !usage.ok) && <PeriodPanel usage={usage} />}
      {isUsed && (
        <>
          {usage.data?.operations.some(({ key }) => key) && (
            <Panel title={t("operations")} result={usage}>
              {(data) => data && <OperationsCard operations={data.operations} />}
            </Panel>
          )}
          <Panel title={t("engagement")} result={usage}>
            {(data) => data && <EngagementCard usage={data} />}
          </Panel>
        </>
      )}
      {(!limits.ok || items.length > 0) && (
        <Panel title={t("items")} result={limits}>
          {() => <ItemsCard items={items} />}
        </Panel>
      )}
    </div>
  );
}

import { Coins } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { changeOf } from "@/components/usage/chart-series";
import { useFormats } from "@/components/use-formats";
import type { OperationUsage } from "@/lib/credits/get-usage-comparison";

/** What one use of each operation was charged on average, and whether that has changed. */
export function CostPerUse({ operations }: { operations: OperationUsage[] }) {
  const t = useTranslations("usage");
  const { number, average } = useFormats();
  const used = operations.filter(({ now }) => now.uses > 0);
  if (used.length === 0)
    return (
      <EmptyState icon={<Coins aria-hidden />} title={t("noCosts")}>
        {t("noCostsYet")}
      </EmptyState>
    );
  return (
    <Table label={t("costPerUseTable")}>
      <thead>
        <tr>
          <HeadCell>{t("operation")}</HeadCell>
          <HeadCell className="text-right">{t("uses")}</HeadCell>
          <HeadCell className="text-right">{t("perUse")}</HeadCell>
          <HeadCell className="text-right">{t("trend")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {used.map(({ key, name, now, before }) => (
          <Row key={key}>
            <Cell>{name ?? t("amounts")}</Cell>
            <Cell className="text-right tabular-nums">{number(now.uses)}</Cell>
            <Cell className="text-right font-medium tabular-nums">{average(now.charged / now.uses)}</Cell>
            <Cell className="text-right text-muted-foreground">
              <Trend
                now={now.charged / now.uses}
                before={before.uses > 0 ? before.charged / before.uses : 0}
              />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Trend({ now, before }: { now: number; before: number }) {
  const t = useTranslations("usage");
  const { average, signedPercent } = useFormats();
  const change = changeOf(now, before);
  if (change === null) return t("newUse");
  if (Math.abs(change) < 0.005) return t("unchanged");
  return (
    <>
      <span className="font-medium text-foreground tabular-nums">{signedPercent(change)}</span>
      <span className="block text-xs">{t("wasPerUse", { credits: average(before) })}</span>
    </>
  );
}

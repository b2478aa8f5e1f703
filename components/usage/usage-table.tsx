import { useTranslations } from "next-intl";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import type { NamedSeries } from "@/components/usage/usage-chart";
import type { NamedStep } from "@/components/usage/use-steps";
import { useFormats } from "@/components/use-formats";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";

/** The same numbers to read one by one, for whoever cannot see the chart or would rather read. */
export function UsageTable({
  usage,
  series,
  steps,
}: {
  usage: UsageComparison;
  series: NamedSeries[];
  steps: NamedStep[];
}) {
  const t = useTranslations("usage");
  const { number } = useFormats();
  const { bySteps } = usage.total.now;
  const isRead = (at: number) => bySteps[at] !== 0 || series.some((one) => one.bySteps[at] !== 0);
  return (
    <details>
      <summary className="w-fit cursor-pointer text-caption text-muted-foreground hover:text-foreground">
        {t("asTable")}
      </summary>
      <div className="mt-3">
        <Table label={t("chart")}>
          <thead>
            <tr>
              <HeadCell>{t("day")}</HeadCell>
              {series.map(({ label }) => (
                <HeadCell key={label} className="text-right">
                  {label}
                </HeadCell>
              ))}
              <HeadCell className="text-right">{t("total")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {steps.map(
              ({ title, href }, at) =>
                isRead(at) && (
                  <Row key={title}>
                    <Cell className="whitespace-nowrap">
                      <a href={href} className="underline underline-offset-2">
                        {title}
                      </a>
                    </Cell>
                    {series.map(({ label, bySteps: used }) => (
                      <Cell key={label} className="text-right tabular-nums">
                        {number(used[at] ?? 0)}
                      </Cell>
                    ))}
                    <Cell className="text-right font-medium tabular-nums">{number(bySteps[at] ?? 0)}</Cell>
                  </Row>
                ),
            )}
          </tbody>
        </Table>
      </div>
    </details>
  );
}

import { scaleQuantize } from "d3-scale";
import { Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { PointReader } from "@/components/usage/point-reader";
import { useFormats } from "@/components/use-formats";
import type { HourOfWeek } from "@/lib/credits/get-usage-hours";

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** How much of the colour a cell has, from a little to the most. */
const strengths = [18, 38, 58, 79, 100];
const heat = (share: number): React.CSSProperties & { "--heat": string } => ({ "--heat": `${share}%` });

/** The hours of the week, the more credits the stronger: a table, so that it can be read out too. */
export function Heat({ hours: used }: { hours: HourOfWeek[] }) {
  const t = useTranslations("usage");
  const { number, weekday, hour: time } = useFormats();
  const busiest = used.reduce<HourOfWeek | null>(
    (most, one) => (one.used > (most?.used ?? 0) ? one : most),
    null,
  );
  if (!busiest)
    return (
      <EmptyState icon={<Clock aria-hidden />} title={t("noHours")}>
        {t("noHoursYet")}
      </EmptyState>
    );
  const strength = scaleQuantize<number>().domain([0, busiest.used]).range(strengths);
  const cells = weekdays.flatMap((day) =>
    hours.map(
      (hour) =>
        used.find((one) => one.weekday === day && one.hour === hour) ?? {
          weekday: day,
          hour,
          uses: 0,
          used: 0,
        },
    ),
  );
  const span = (hour: number) => t("hours", { from: time(hour), to: time(hour + 1) });
  const points = cells.map((cell) => ({
    title: `${weekday(cell.weekday, "long")}, ${span(cell.hour)}`,
    lines: [
      { label: t("creditsLabel"), value: number(cell.used) },
      { label: t("uses"), value: number(cell.uses) },
    ],
  }));
  return (
    <div className="space-y-4">
      <p className="text-sm">
        {t.rich("busiest", {
          b: (chunks) => <span className="font-medium">{chunks}</span>,
          day: weekday(busiest.weekday, "long"),
          hours: span(busiest.hour),
          count: busiest.used,
        })}
      </p>
      <PointReader points={points} columns={hours.length}>
        <table
          aria-label={t("heat")}
          className="w-full table-fixed border-separate border-spacing-[2px] text-xs text-muted-foreground"
        >
          <thead>
            <tr>
              <th className="w-9">
                <span className="sr-only">{t("weekday")}</span>
              </th>
              {hours.map((hour) => (
                <th key={hour} scope="col" className="relative h-4 font-normal">
                  <span className={hour % 6 === 0 ? "absolute top-0 left-0 tabular-nums" : "sr-only"}>
                    {time(hour)}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weekdays.map((day) => (
              <tr key={day}>
                <th scope="row" className="text-left font-normal">
                  {weekday(day, "short")}
                </th>
                {cells.slice((day - 1) * 24, day * 24).map((cell, at) => (
                  <td
                    key={`${day} ${cell.hour}`}
                    data-point={(day - 1) * 24 + at}
                    tabIndex={cell.weekday === busiest.weekday && cell.hour === busiest.hour ? 0 : -1}
                    className="heat-cell"
                    style={cell.used > 0 ? heat(strength(cell.used)) : undefined}
                  >
                    {number(cell.used)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </PointReader>
      <p aria-hidden className="flex items-center justify-end gap-1 text-xs text-muted-foreground">
        {t("less")}
        {strengths.map((share) => (
          <span key={share} className="heat-cell size-3" style={heat(share)} />
        ))}
        {t("more")}
      </p>
    </div>
  );
}

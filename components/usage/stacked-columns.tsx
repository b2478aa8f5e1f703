import { useTranslations } from "next-intl";
import { creditScale, labelledSteps } from "@/components/usage/chart-series";
import { type Point, PointReader } from "@/components/usage/point-reader";
import type { NamedSeries } from "@/components/usage/usage-chart";
import type { NamedStep } from "@/components/usage/use-steps";
import { useFormats } from "@/components/use-formats";
import type { UsageComparison } from "@/lib/credits/get-usage-comparison";
import { cn } from "@/lib/utils";

type Drawn = { usage: UsageComparison; series: NamedSeries[]; steps: NamedStep[] };

/** Drawn by the server as boxes in percent, so that it fits any width; the browser only tells of the columns. */
export function StackedColumns({ usage, series, steps }: Drawn) {
  const t = useTranslations("usage");
  const { bySteps } = usage.total.now;
  const before = usage.total.before.bySteps;
  const { ticks, height } = creditScale(Math.max(...bySteps, ...before));
  return (
    <figure
      aria-label={t("chart")}
      className="grid grid-cols-[auto_1fr] gap-x-2 text-xs text-muted-foreground"
    >
      <Ticks ticks={ticks} height={height} />
      <PointReader points={usePoints({ usage, series, steps })}>
        <div className="relative h-56">
          {ticks.map((tick) => (
            <span key={tick} className="absolute inset-x-0 border-t" style={{ bottom: `${height(tick)}%` }} />
          ))}
          <ol className="relative flex h-full touch-pan-y gap-px sm:gap-0.5">
            {steps.map(({ title, href }, at) => (
              <li key={title} className="min-w-0 flex-1">
                <a
                  href={href}
                  data-point={at}
                  tabIndex={at === steps.length - 1 ? 0 : -1}
                  aria-label={t("stepUsed", { step: title, count: bySteps[at] ?? 0 })}
                  className="relative flex h-full flex-col-reverse rounded-xs hover:bg-foreground/6 focus-visible:bg-foreground/6"
                >
                  {series.map(({ label, colour, bySteps: used }) => (
                    <Segment key={label} colour={colour} height={height(used[at] ?? 0)} />
                  ))}
                  {(before[at] ?? 0) > 0 && (
                    <span
                      className="absolute inset-x-0 border-t-2 border-dotted border-foreground/60"
                      style={{ bottom: `${height(before[at] ?? 0)}%` }}
                    />
                  )}
                </a>
              </li>
            ))}
          </ol>
        </div>
      </PointReader>
      <StepLabels steps={steps} />
    </figure>
  );
}

function Segment({ colour, height }: { colour: string; height: number }) {
  if (height === 0) return null;
  return (
    <span
      className="mx-auto w-full max-w-10 shrink-0 border-t border-card first:rounded-b-[1px] last:rounded-t-xs"
      style={{ background: colour, height: `${height}%` }}
    />
  );
}

function Ticks({ ticks, height }: ReturnType<typeof creditScale>) {
  const { number } = useFormats();
  return (
    <div aria-hidden className="relative grid h-56 justify-items-end tabular-nums">
      {ticks.map((tick) => (
        <span key={tick} className="invisible col-start-1 row-start-1">
          {number(tick)}
        </span>
      ))}
      {ticks.map((tick) => (
        <span key={tick} className="absolute right-0 translate-y-1/2" style={{ bottom: `${height(tick)}%` }}>
          {number(tick)}
        </span>
      ))}
    </div>
  );
}

/** Six of them, or three where there is little room. */
function StepLabels({ steps }: { steps: NamedStep[] }) {
  const wide = labelledSteps(steps.length, 6);
  const narrow = labelledSteps(steps.length, 3);
  return (
    <div aria-hidden className="relative col-start-2 mt-2 h-4">
      {steps.map(
        ({ label, title }, at) =>
          (wide.includes(at) || narrow.includes(at)) && (
            <span
              key={title}
              className={cn(
                "absolute whitespace-nowrap",
                !wide.includes(at) && "sm:hidden",
                !narrow.includes(at) && "max-sm:hidden",
              )}
              style={{ left: `${(100 * at) / steps.length}%` }}
            >
              {label}
            </span>
          ),
      )}
    </div>
  );
}

function usePoints({ usage, series, steps }: Drawn): Point[] {
  const t = useTranslations("usage");
  const { number } = useFormats();
  return steps.map(({ title, href }, at) => {
    const before = usage.total.before.used > 0 ? usage.total.before.bySteps[at] : undefined;
    return {
      title,
      lines: [
        { label: t("total"), value: number(usage.total.now.bySteps[at] ?? 0) },
        ...series
          .filter(({ bySteps }) => bySteps[at] !== 0)
          .map(({ label, colour, bySteps }) => ({ label, colour, value: number(bySteps[at] ?? 0) })),
        ...(before === undefined ? [] : [{ label: t("timeBefore"), value: number(before) }]),
      ],
      link: { href, label: t("showTransactions") },
    };
  });
}

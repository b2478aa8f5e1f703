import { useTranslations } from "next-intl";
import { SignedCredits } from "@/components/credits/signed-credits";
import { kindColours } from "@/components/overview/kinds";
import { OperationsCard } from "@/components/overview/operations-card";
import { OutlookLine } from "@/components/overview/outlook-line";
import { PeriodPanel } from "@/components/overview/period-panel";
import { Card, CardHeader } from "@/components/ui/card";
import { StackedBar } from "@/components/ui/stacked-bar";
import { useFormats } from "@/components/use-formats";
import type { PeriodUsage } from "@/lib/credits/get-period-usage";

/** What the product looks like, drawn by its own parts from one invented account: a picture, so nothing in it is pressed or read out. */
export function ProductPicture() {
  const words = useTranslations("frame.landing.picture");
  const t = useTranslations("overview.panel");
  return (
    <figure
      role="img"
      aria-label={words("label")}
      className="pointer-events-none rounded-2xl border bg-muted p-1.5 text-left shadow-xl shadow-black/5 select-none sm:p-2"
    >
      <div className="flex h-7 items-center gap-1.5 px-2">
        {["close", "least", "most"].map((dot) => (
          <span key={dot} className="size-2.5 rounded-full bg-border" />
        ))}
      </div>
      <div className="grid gap-3 rounded-xl border bg-background p-3 sm:gap-4 sm:p-5 md:grid-cols-3">
        <Card className="md:col-span-2">
          <CardHeader title={t("credits")} />
          <Total />
        </Card>
        <div className="grid max-md:hidden">
          <PeriodPanel usage={{ ok: true, data: usage }} />
        </div>
        <Card className="md:col-span-2">
          <CardHeader title={t("recent")} />
          <Activity />
        </Card>
        <Card className="max-md:hidden">
          <CardHeader title={t("operations")} />
          <OperationsCard
            operations={operations.map((one) => ({
              ...one,
              name: words(`operation.${one.key}`),
              subject: null,
            }))}
          />
        </Card>
      </div>
    </figure>
  );
}

function Total() {
  const t = useTranslations("overview");
  const { number } = useFormats();
  const parts = [
    { kind: "subscription", credits: 360 },
    { kind: "permanent", credits: 890 },
  ] as const;
  return (
    <div className="space-y-5">
      <p className="text-5xl font-semibold tracking-tighter tabular-nums sm:text-6xl">{number(1_250)}</p>
      <StackedBar
        label={t("breakdown")}
        parts={parts.map(({ kind, credits }) => ({
          key: kind,
          label: t(`kind.${kind}`),
          value: credits,
          shown: number(credits),
          className: kindColours[kind],
        }))}
      />
      <OutlookLine outlook={outlook} refill={{ credits: 1_000, at: usage.endsAt }} />
    </div>
  );
}

function Activity() {
  const words = useTranslations("frame.landing.picture");
  const t = useTranslations("overview.recent");
  const { number, dateTime } = useFormats();
  return (
    <ul className="space-y-4 text-sm">
      {entries.map(({ of, at, credits, left }) => (
        <li key={at} className="flex items-center justify-between gap-4">
          <span>
            {words(`operation.${of}`)}
            <span className="block text-xs text-muted-foreground">{t("at", { time: dateTime(at) })}</span>
          </span>
          <span className="text-right">
            <SignedCredits credits={credits} />
            <span className="block text-xs text-muted-foreground tabular-nums">
              {t("left", { number: number(left) })}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const operations = [
  { key: "image", uses: 4, used: 430 },
  { key: "skin", uses: 1, used: 150 },
  { key: "upscaling", uses: 1, used: 60 },
] as const;

const usage: PeriodUsage = {
  startsAt: "2026-02-05T00:00:00.000Z",
  endsAt: "2026-03-05T00:00:00.000Z",
  granted: 1_000,
  uses: 6,
  used: 640,
  days: [0, 60, 110, 0, 0, 60, 0, 0, 0, 150, 60, 200].map((used, nth) => ({
    at: new Date(Date.UTC(2026, 1, 5 + nth)).toISOString(),
    used,
  })),
  operations: [],
};

const outlook = {
  is: "until",
  days: 7,
  perDay: 67,
  until: "2026-03-07T00:00:00.000Z",
  lost: 0,
  nextLost: null,
} as const;

const entries = [
  { of: "image", at: "2026-02-16T14:30:00.000Z", credits: -200, left: 1_250 },
  { of: "upscaling", at: "2026-02-15T17:45:00.000Z", credits: -60, left: 1_450 },
  { of: "pack", at: "2026-02-15T15:20:00.000Z", credits: 500, left: 1_510 },
  { of: "skin", at: "2026-02-14T13:15:00.000Z", credits: -150, left: 1_010 },
] as const;

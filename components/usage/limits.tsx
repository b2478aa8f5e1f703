import { InfinityIcon, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/link";
import { Meter } from "@/components/ui/meter";
import { useFormats } from "@/components/use-formats";
import type { Limit } from "@/lib/credits/get-limits";

const tones = {
  open: "normal",
  near: "warning",
  full: "full",
  over: "full",
  none: "normal",
  unlimited: "normal",
} as const;

/** What the plan counts: used of allowed, and in words when little or nothing is left. */
export function Limits({ limits }: { limits: Limit[] }) {
  return (
    <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 xl:grid-cols-3">
      {limits.map((limit) => (
        <li key={`${limit.key} ${limit.per}`}>
          <OneLimit limit={limit} />
        </li>
      ))}
    </ul>
  );
}

function OneLimit({ limit }: { limit: Limit }) {
  const t = useTranslations("usage");
  const { number } = useFormats();
  const { name, per, max, used, state } = limit;
  const text =
    max === null
      ? t("usedUnlimited", { used: number(used) })
      : t("usedOf", { used: number(used), max: number(max) });
  return (
    <>
      <div className="mb-2 flex items-baseline justify-between gap-4 text-sm">
        <span className="min-w-0 truncate">
          {name}
          {per && <span className="text-muted-foreground"> {t(`per.${per}`)}</span>}
        </span>
        {state !== "none" && (
          <span className="shrink-0 text-caption text-muted-foreground tabular-nums">{text}</span>
        )}
      </div>
      {max !== null && state !== "none" && (
        <Meter label={name} value={used} max={max} text={text} tone={tones[state]} />
      )}
      <Note limit={limit} />
    </>
  );
}

/** The same in words, with what to do. */
function Note({ limit: { max, used, state, windowEndsAt } }: { limit: Limit }) {
  const t = useTranslations("usage");
  const { dateTime } = useFormats();
  if (state === "open") return null;
  const isFull = state === "full" || state === "over";
  return (
    <p className="mt-2 flex items-start gap-1.5 text-caption [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0">
      {(isFull || state === "near") && <TriangleAlert aria-hidden className="text-warning" />}
      {state === "unlimited" && <InfinityIcon aria-hidden />}
      <span>
        {t(`limit.${state}`, { left: Math.max((max ?? 0) - used, 0) })}{" "}
        {isFull && windowEndsAt && t("againFrom", { time: dateTime(windowEndsAt) })}{" "}
        {(isFull || state === "none") && (
          <Link href="/pricing" className="font-medium underline underline-offset-2">
            {t("largerPlan")}
          </Link>
        )}
      </span>
    </p>
  );
}

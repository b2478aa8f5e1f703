import { InfinityIcon, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Meter } from "@/components/ui/meter";
import { useFormats } from "@/components/use-formats";
import type { Limit } from "@/lib/credits/get-limits";

const tones = { open: "normal", near: "warning", full: "full", over: "full", unlimited: "normal" } as const;

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

function OneLimit({ limit: { key, name, per, max, used, state, windowEndsAt } }: { limit: Limit }) {
  const t = useTranslations("usage");
  const { number, dateTime } = useFormats();
  const label = name ?? titleOf(key);
  const text =
    max === null
      ? t("usedUnlimited", { used: number(used) })
      : t("usedOf", { used: number(used), max: number(max) });
  return (
    <div>
      <div className="mb-2 flex items-baseline justify-between gap-4 text-sm">
        <span className="min-w-0 truncate">
          {label}
          {per && <span className="text-muted-foreground"> {t(`per.${per}`)}</span>}
        </span>
        <span className="shrink-0 text-[13px] text-muted-foreground tabular-nums">{text}</span>
      </div>
      {max === null ? (
        <p className="flex items-center gap-1.5 text-[13px] text-muted-foreground">
          <InfinityIcon aria-hidden className="size-4" /> {t("unlimited")}
        </p>
      ) : (
        <Meter label={label} value={used} max={max} text={text} tone={tones[state]} />
      )}
      {(state === "near" || state === "full" || state === "over") && (
        <p className="mt-2 flex items-start gap-1.5 text-[13px]">
          <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warning" />
          <span>
            {t(max === 0 ? "limitNone" : `limit.${state}`, { left: Math.max((max ?? 0) - used, 0) })}{" "}
            {state !== "near" &&
              windowEndsAt &&
              max !== 0 &&
              t("againFrom", { time: dateTime(windowEndsAt) })}{" "}
            {state !== "near" && (
              <Link href="/pricing" className="font-medium underline underline-offset-2">
                {t("largerPlan")}
              </Link>
            )}
          </span>
        </p>
      )}
    </div>
  );
}

/** A catalog names what a plan allows by a word of its own: `team_members`. */
const titleOf = (key: string) => (key.charAt(0).toUpperCase() + key.slice(1)).replaceAll("_", " ");

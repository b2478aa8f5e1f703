import { useTranslations } from "next-intl";
import { EntrySection } from "@/components/credits/entry-section";
import { SignedCredits } from "@/components/credits/signed-credits";
import { useFormats } from "@/components/use-formats";
import type { ExplainedEntry } from "@/lib/credits/explain-entry";

type Bucket = ExplainedEntry["buckets"][number];

const colours = {
  subscription: "bg-subscription",
  permanent: "bg-permanent",
  promotional: "bg-promotional",
  other: "bg-muted-foreground",
} as const;

const isKind = (kind: string): kind is keyof typeof colours => Object.hasOwn(colours, kind);

/** Which credits were moved, a captured hold's as one: what there was before it began, and after it was done. */
export function EntryBuckets({ entries }: { entries: ExplainedEntry[] }) {
  const words = useTranslations("history.drawer");
  const buckets = merged(entries.flatMap((entry) => entry.buckets));
  if (buckets.length === 0) return null;
  const isTaken = buckets.some(({ credits }) => credits < 0);
  const isHeld = entries.at(-1)?.kind === "hold";
  return (
    <EntrySection title={words(isHeld ? "setAsideFrom" : isTaken ? "paidFrom" : "wentTo")}>
      <ul className="space-y-4">
        {buckets.map((bucket) => (
          <BucketLine key={bucket.id} {...bucket} />
        ))}
      </ul>
    </EntrySection>
  );
}

function BucketLine({ kind, name, credits, before, after, endsAt, paid }: Bucket) {
  const words = useTranslations("history.drawer");
  const { number, date, money } = useFormats();
  const word = isKind(kind) ? kind : "other";
  const most = Math.max(before, after, 1);
  return (
    <li>
      <p className="flex justify-between gap-4">
        <span className="flex min-w-0 items-baseline gap-2">
          <span className={`size-2 shrink-0 rounded-full ${colours[word]}`} aria-hidden />
          <span className="min-w-0 [overflow-wrap:anywhere]" dir="auto">
            {name || words(`bucketKinds.${word}`)}
          </span>
        </span>
        <SignedCredits credits={credits} />
      </p>
      <div className="my-2 flex h-1.5 overflow-hidden rounded-full bg-muted" aria-hidden>
        <div className={colours[word]} style={{ width: `${(100 * Math.min(before, after)) / most}%` }} />
        <div
          className={`opacity-40 ${colours[word]}`}
          style={{ width: `${(100 * Math.abs(before - after)) / most}%` }}
        />
      </div>
      <p className="flex flex-wrap justify-between gap-x-4 text-xs text-muted-foreground">
        <span>
          {[
            name && words(`bucketKinds.${word}`),
            endsAt ? words("ends", { date: date(endsAt) }) : words("endsNever"),
            paid && credits > 0 && words("bought", { price: money(paid.cents, paid.currency) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <span className="tabular-nums">
          {words("fromTo", { before: number(before), after: number(after) })}
        </span>
      </p>
    </li>
  );
}

function merged(buckets: Bucket[]): Bucket[] {
  const byId = new Map<string, Bucket>();
  for (const bucket of buckets) {
    const known = byId.get(bucket.id);
    const credits = (known?.credits ?? 0) + bucket.credits;
    byId.set(bucket.id, known ? { ...known, credits, after: known.before + credits } : bucket);
  }
  return [...byId.values()];
}

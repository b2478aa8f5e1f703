import { useTranslations } from "next-intl";
import { EntryBuckets } from "@/components/credits/entry-buckets";
import { EntryPrice } from "@/components/credits/entry-price";
import { EntrySection } from "@/components/credits/entry-section";
import { HistoryEntryLink } from "@/components/credits/history-entry-link";
import { SignedCredits } from "@/components/credits/signed-credits";
import { useFormats } from "@/components/use-formats";
import type { ExplainedEntry, Explanation } from "@/lib/credits/explain-entry";
import { inWords } from "@/lib/utils";

/** What a person asks who sees a line of the history: what for, how much and why so much, from what, and what then. */
export function EntryExplained({ entries, related }: Explanation) {
  const words = useTranslations("history.drawer");
  const formats = useFormats();
  const [first] = entries;
  const last = entries.at(-1);
  if (!first || !last) return null;
  const credits = entries.reduce((sum, entry) => sum + entry.credits, 0);
  const isCaptured = entries.length > 1;
  const isHeld = last.kind === "hold";
  return (
    <div className="space-y-6 text-sm">
      <section>
        <p className="text-3xl tracking-tight">
          <SignedCredits credits={credits} />
        </p>
        <p className="mt-1 font-medium [overflow-wrap:anywhere]" dir="auto">
          {last.description}
        </p>
        <p className="mt-2 text-muted-foreground">{words(`sentences.${last.kind}`)}</p>
        <p className="mt-2 text-caption text-muted-foreground">
          <time dateTime={first.at}>{words("at", { time: formats.dateTime(first.at) })}</time>
        </p>
      </section>
      <Balance
        before={first.balanceBefore}
        after={isCaptured ? first.balanceBefore + credits : last.balanceAfter}
      />
      {(first.settings.length > 0 || first.taskId) && (
        <EntrySection title={words(isHeld ? "askedFor" : "done")}>
          <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
            {first.settings.map(({ name, value }) => (
              <Setting key={name} name={inWords(name)}>
                {value}
              </Setting>
            ))}
            {first.taskId && (
              <Setting name={words("task")}>
                <code className="font-mono text-xs">{first.taskId}</code>
              </Setting>
            )}
          </dl>
        </EntrySection>
      )}
      {first.price.length > 0 && <EntryPrice parts={first.price} isHeld={isHeld} />}
      {isCaptured && <HoldSteps held={first} settled={last} />}
      <EntryBuckets entries={entries} />
      {related.length > 0 && (
        <EntrySection title={words("related")}>
          <ul className="space-y-2">
            {related.map((entry) => (
              <li key={entry.number} className="flex justify-between gap-4">
                <HistoryEntryLink
                  href={`/dashboard/usage?entry=${entry.number}`}
                  number={entry.number}
                  isInside
                  className="min-w-0 underline underline-offset-4 [overflow-wrap:anywhere]"
                >
                  {words(entry.isAnswered ? "answered" : "answeredBy", { description: entry.description })}
                </HistoryEntryLink>
                <SignedCredits credits={entry.credits} />
              </li>
            ))}
          </ul>
        </EntrySection>
      )}
    </div>
  );
}

function Balance({ before, after }: { before: number; after: number }) {
  const words = useTranslations("history.drawer");
  const { number } = useFormats();
  return (
    <p className="flex justify-between gap-4 rounded-lg bg-muted px-4 py-3">
      <span className="text-muted-foreground">{words("balance")}</span>
      <span className="font-medium tabular-nums">
        {words("fromTo", { before: number(before), after: number(after) })}
      </span>
    </p>
  );
}

/** A hold and what became of it, each when it was. */
function HoldSteps({ held, settled }: { held: ExplainedEntry; settled: ExplainedEntry }) {
  const words = useTranslations("history.drawer");
  const { dateTime } = useFormats();
  const steps = [
    { name: words("setAside"), at: held.at, credits: held.credits },
    { name: words("settled"), at: settled.at, credits: settled.credits },
    { name: words("kept"), at: null, credits: held.credits + settled.credits },
  ];
  return (
    <EntrySection title={words("hold")}>
      <ol className="space-y-2">
        {steps.map(({ name, at, credits }) => (
          <li key={name} className="flex justify-between gap-4 last:border-t last:pt-2 last:font-medium">
            <span>
              {name}
              {at && (
                <time dateTime={at} className="block text-xs text-muted-foreground">
                  {words("at", { time: dateTime(at) })}
                </time>
              )}
            </span>
            <SignedCredits credits={credits} />
          </li>
        ))}
      </ol>
    </EntrySection>
  );
}

function Setting({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="text-right [overflow-wrap:anywhere]" dir="auto">
        {children}
      </dd>
    </>
  );
}

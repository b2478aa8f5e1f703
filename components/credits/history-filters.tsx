"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";

type Choice = { value: string; label: string };
/** What is typed is sent when the typing pauses. */
const PAUSE_MS = 350;
const control = "h-9 min-w-0 rounded-lg border bg-card px-3 text-caption shadow-xs";

/** A form that works as it is; with script it is sent by choosing and typing, and leaves out what is empty. */
export function HistoryFilters({
  kept,
  kinds,
  operations,
  from,
  to,
  search,
}: {
  /** What else the address says, filters that are chosen already among it. */
  kept: [name: string, value: string][];
  kinds: Choice[];
  operations: Choice[];
  from: string | null;
  to: string | null;
  search: string | null;
}) {
  const words = useTranslations("history");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const form = useRef<HTMLFormElement>(null);
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  const send = (sent: HTMLFormElement) => {
    clearTimeout(pause.current);
    pause.current = undefined;
    const pairs = [...new FormData(sent)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]));
    // A word that is typed on is one step back, not one for each letter.
    const go = search !== null && query.has("search") ? router.replace : router.push;
    startTransition(() => go(`/dashboard/usage?${query}`, { scroll: false }));
  };
  useEffect(() => () => clearTimeout(pause.current), []);
  // The address changes by links and steps back too; what is being typed stays, with the caret in it.
  useEffect(() => {
    if (isPending || pause.current !== undefined) return;
    for (const [name, value] of Object.entries({ search, from, to })) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement && field.value.trim() !== (value ?? ""))
        field.value = value ?? "";
    }
  }, [isPending, search, from, to]);
  return (
    <form
      ref={form}
      action="/dashboard/usage"
      aria-label={words("filters")}
      aria-busy={isPending}
      className="mb-4 grid grid-cols-2 gap-2 transition-opacity aria-busy:opacity-60 aria-busy:delay-300 sm:flex sm:flex-wrap print:hidden"
      onChange={({ target, currentTarget }) => {
        if (!(target instanceof HTMLInputElement)) return send(currentTarget);
        clearTimeout(pause.current);
        pause.current = setTimeout(send, PAUSE_MS, currentTarget);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send(event.currentTarget);
      }}
    >
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <input
        type="search"
        name="search"
        defaultValue={search ?? ""}
        maxLength={100}
        placeholder={words("searchHint")}
        aria-label={words("search")}
        className={`${control} col-span-2 placeholder:text-muted-foreground sm:w-48`}
      />
      <Select name="kind" label={words("kind")} none={words("anyKind")} choices={kinds} />
      <Select name="operation" label={words("operation")} none={words("anyOperation")} choices={operations} />
      <DayField label={words("from")} name="from" defaultValue={from ?? ""} max={to ?? undefined} />
      <DayField label={words("to")} name="to" defaultValue={to ?? ""} min={from ?? undefined} />
      <noscript>
        <Button type="submit" variant="outline" size="sm" className="h-9">
          {words("apply")}
        </Button>
      </noscript>
    </form>
  );
}

function DayField({ label, ...props }: React.ComponentProps<"input"> & { label: string }) {
  return (
    <label className={`${control} flex items-center gap-2 max-sm:gap-1 max-sm:px-2`}>
      <span className="text-muted-foreground">{label}</span>
      <input type="date" className="min-w-0 flex-1" {...props} />
    </label>
  );
}

/** What is chosen is a chip below; here one more can be added. */
function Select({
  name,
  label,
  none,
  choices,
}: {
  name: string;
  label: string;
  none: string;
  choices: Choice[];
}) {
  return (
    <select
      // Empty again once its choice has become a chip.
      key={choices.map(({ value }) => value).join()}
      name={name}
      aria-label={label}
      defaultValue=""
      disabled={choices.length === 0}
      className={`${control} sm:w-36`}
    >
      <option value="">{none}</option>
      {choices.map(({ value, label: text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
}

import "server-only";
import { getTranslations } from "next-intl/server";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { describeEntry } from "@/lib/credits/describe-entry";
import { type EntryKind, isEntryKind } from "@/lib/credits/history-kinds";
import type { Database, Json } from "@/lib/database.types";
import { AppError } from "@/lib/errors";
import type { Words } from "@/lib/i18n/words";
import { isoTime, maybe, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

type EntryName = {
  number: number;
  at: string;
  kind: EntryKind | "other";
  description: string;
  credits: number;
};

export type ExplainedEntry = EntryName & {
  taskId: string | null;
  /** What was asked for, those that the price names in its words. */
  settings: { name: string; value: string }[];
  balanceBefore: number;
  balanceAfter: number;
  /** Exact, with what rounding has changed as the last part: they sum to what was charged. */
  price: { name: string; value: string | null; credits: number }[];
  /** In burn order: what each gave (below zero) or got. */
  buckets: {
    id: string;
    kind: string;
    name: string;
    credits: number;
    before: number;
    after: number;
    endsAt: string | null;
    paid: { cents: number; currency: string } | null;
  }[];
};

/** Two entries where a hold was captured, else one; and those that it answers, or that answer it. */
export type Explanation = { entries: ExplainedEntry[]; related: (EntryName & { isAnswered: boolean })[] };

/** Why was the signed-in user charged? */
export async function explainEntry(number: number): Promise<Explanation> {
  const { id } = await getUserOrThrow();
  const supabase = await userClient();
  const lines = await rows(supabase.rpc("explain_entry", { account_id: id, number }));
  const words = await getTranslations("history");
  const entries = lines.filter(({ part }) => part === "entry").map((entry) => explained(entry, lines, words));
  if (entries.length === 0) throw new AppError("unknown");
  const related = lines
    .filter(({ part }) => part === "related")
    .map((line) => ({ ...named(line, words), isAnswered: line.entry_number < number }));
  return { entries, related };
}

type Line = Database["public"]["Functions"]["explain_entry"]["Returns"][number];

function named(line: Line, words: Words<"history">): EntryName {
  return {
    number: line.entry_number,
    at: isoTime(line.created_at),
    kind: isEntryKind(line.kind) ? line.kind : "other",
    description: describeEntry(words, line.kind, line.name ?? ""),
    credits: line.credits,
  };
}

function explained(entry: Line, lines: Line[], words: Words<"history">): ExplainedEntry {
  const parts = (part: string) =>
    lines.filter((line) => line.part === part && line.entry_number === entry.entry_number);
  const price = parts("price");
  return {
    ...named(entry, words),
    taskId: maybe(entry.task_id),
    settings: settingsOf(entry.params, price),
    balanceBefore: entry.credits_before,
    balanceAfter: entry.credits_after,
    price: price.map((line) => ({ name: line.name, value: maybe(line.value), credits: line.credits })),
    buckets: parts("bucket").map((line) => ({
      id: line.value,
      kind: line.kind,
      name: line.name ?? "",
      credits: line.credits,
      before: line.credits_before,
      after: line.credits_after,
      endsAt: maybeTime(maybe(line.ends_at)),
      paid: maybe(line.paid_cents) === null ? null : { cents: line.paid_cents, currency: line.paid_currency },
    })),
  };
}

/** A choice is stored by its key; the price has its name. */
function settingsOf(params: Json, price: Line[]): ExplainedEntry["settings"] {
  if (typeof params !== "object" || params === null || Array.isArray(params)) return [];
  return Object.entries(params).map(([name, value]) => ({
    name,
    value: price.find((part) => part.name === name)?.value ?? String(value),
  }));
}

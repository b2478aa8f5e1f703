import "server-only";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { describeEntry } from "@/lib/credits/describe-entry";
import type { Database, Json } from "@/lib/database.types";
import { AppError } from "@/lib/errors";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

type ExplainedEntry = {
  number: number;
  at: string;
  kind: string;
  taskId: string | null;
  description: string;
  operation: string | null;
  params: Json;
  priceVersion: number | null;
  /** The number of the entry that this one gives back or finishes. */
  answers: number | null;
  credits: number;
  balanceBefore: number;
  balanceAfter: number;
  /** Exact, with what rounding has changed as the last part: they sum to what was charged. */
  price: { name: string; value: string | null; credits: number }[];
  /** In burn order: what each gave (below zero) or got. */
  buckets: { id: string; kind: string; name: string; credits: number; before: number; after: number }[];
};

/** Why was the signed-in user charged? Two entries where a hold was captured, else one. */
export async function explainEntry(number: number): Promise<ExplainedEntry[]> {
  const { id } = await getUserOrThrow();
  const supabase = await userClient();
  const lines = await rows(supabase.rpc("explain_entry", { account_id: id, number }));
  const entries = lines.filter(({ part }) => part === "entry").map((entry) => explained(entry, lines));
  if (entries.length === 0) throw new AppError("unknown", "entryUnknown");
  return entries;
}

type Line = Database["public"]["Functions"]["explain_entry"]["Returns"][number];

function explained(entry: Line, lines: Line[]): ExplainedEntry {
  const parts = (part: string) =>
    lines.filter((line) => line.part === part && line.entry_number === entry.entry_number);
  return {
    number: entry.entry_number,
    at: isoTime(entry.created_at),
    kind: entry.kind,
    taskId: maybe(entry.task_id),
    description: describeEntry(entry.kind, entry.name ?? ""),
    operation: maybe(entry.operation),
    params: entry.params,
    priceVersion: maybe(entry.price_version),
    answers: maybe(entry.answers),
    credits: entry.credits,
    balanceBefore: entry.credits_before,
    balanceAfter: entry.credits_after,
    price: parts("price").map((line) => ({
      name: line.name,
      value: maybe(line.value),
      credits: line.credits,
    })),
    buckets: parts("bucket").map((line) => ({
      id: line.value,
      kind: line.kind,
      name: line.name ?? "",
      credits: line.credits,
      before: line.credits_before,
      after: line.credits_after,
    })),
  };
}

import "server-only";
import { maybe, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";
import { inWords } from "@/lib/utils";

/** From this share of what is allowed on, there is little left. */
const NEAR = 0.8;

export type Limit = {
  key: string;
  /** Of the operation, or what the plan counts. */
  name: string;
  /** The window of the calendar in which an operation is counted. */
  per: "hour" | "day" | "month" | null;
  /** Null: without limit. */
  max: number | null;
  used: number;
  state: "unlimited" | "open" | "near" | "full" | "over" | "none";
  /** When a full window begins anew. */
  windowEndsAt: string | null;
};

/** How much of what the plan counts has the signed-in user used? What it merely has or has not is not asked here. */
export async function getLimits(): Promise<Limit[]> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_limits"));
  return found
    .filter((row) => maybe(row.used_count) !== null)
    .map((row) => ({
      key: row.key,
      name: maybe(row.name) ?? inWords(row.key),
      per: windowOf(row.per),
      max: maybe(row.max_count),
      used: row.used_count,
      state: stateOf(row.used_count, maybe(row.max_count)),
      windowEndsAt: maybeTime(row.window_ends_at),
    }));
}

function stateOf(used: number, max: number | null): Limit["state"] {
  if (max === null) return "unlimited";
  if (used > max) return "over";
  if (max === 0) return "none";
  if (used === max) return "full";
  return used >= max * NEAR ? "near" : "open";
}

function windowOf(per: string | null): Limit["per"] {
  return per === "hour" || per === "day" || per === "month" ? per : null;
}

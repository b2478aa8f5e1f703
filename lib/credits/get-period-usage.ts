import "server-only";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type OperationUsage = {
  /** Null for amounts that were charged without an operation. */
  key: string | null;
  name: string | null;
  uses: number;
  used: number;
  /** What it was for, in the catalog's word, and how many of these; null where the catalog names nothing. */
  subject: { word: string; count: number } | null;
};

export type PeriodUsage = {
  startsAt: string;
  endsAt: string;
  /** What came in it by now. */
  granted: number;
  uses: number;
  used: number;
  /** From the start of the period until today. */
  days: { at: string; used: number }[];
  operations: OperationUsage[];
};

/** What has the signed-in user used in the billing period under way? Null for who has no account yet. */
export async function getPeriodUsage(): Promise<PeriodUsage | null> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_period_usage"));
  const total = found.find(({ part }) => part === "total");
  if (!total) return null;
  return {
    startsAt: isoTime(total.starts_at),
    endsAt: isoTime(total.ends_at),
    granted: total.granted_credits,
    uses: total.uses,
    used: total.used_credits,
    days: total.days.map((at, nth) => ({ at: isoTime(at), used: total.used_by_day[nth] ?? 0 })),
    operations: found
      .filter(({ part }) => part === "operation")
      .map((row) => ({
        key: maybe(row.operation),
        name: maybe(row.operation_name),
        uses: row.uses,
        used: row.used_credits,
        subject:
          row.subjects > 0 && row.subject_name ? { word: row.subject_name, count: row.subjects } : null,
      })),
  };
}

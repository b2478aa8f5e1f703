import "server-only";
import { isoTime, maybe, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** With fewer whole days there is no pace to speak of. */
const LEAST_DAYS = 2;

export type Forecast = {
  /** The pace is that of so many last days: fewer where the account has no more. */
  days: number;
  /** False: it is too young for a pace, and what follows says nothing yet. */
  isKnown: boolean;
  used: number;
  perDay: number;
  /** Whole days, and the instant; null: at this pace the credits never run out. */
  daysLeft: number | null;
  runsOutAt: string | null;
  /** What expires unused until then. */
  lost: number;
  /** What of it does at the next expiry; null: nothing expires. */
  nextLost: number | null;
  asOf: string;
};

/** How long will the signed-in user's credits last? By the last 7 days, then by the last 30 where there are more. */
export async function getForecast(): Promise<Forecast[]> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_credit_forecast"));
  const more = found.filter((row, nth) => row.history_days !== found[nth - 1]?.history_days);
  return more.map((row) => ({
    days: row.history_days,
    isKnown: row.history_days >= LEAST_DAYS,
    used: row.used_credits,
    perDay: row.credits_per_day,
    daysLeft: maybe(row.days_left),
    runsOutAt: maybeTime(row.runs_out_at),
    lost: row.lost_credits,
    nextLost: maybe(row.next_lost_credits),
    asOf: isoTime(row.as_of),
  }));
}

import "server-only";
import { isoTime, maybe, maybeTime, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type Forecast = {
  /** The pace is that of so many last days. */
  days: number;
  /** The whole days of them that the account has; a younger one has no pace yet. */
  historyDays: number;
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

/** How long will the signed-in user's credits last? By the last 7 days, then by the last 30. */
export async function getForecast(): Promise<Forecast[]> {
  const supabase = await userClient();
  return (await rows(supabase.rpc("get_credit_forecast"))).map((row) => ({
    days: row.days,
    historyDays: row.history_days,
    used: row.used_credits,
    perDay: row.credits_per_day,
    daysLeft: maybe(row.days_left),
    runsOutAt: maybeTime(row.runs_out_at),
    lost: row.lost_credits,
    nextLost: maybe(row.next_lost_credits),
    asOf: isoTime(row.as_of),
  }));
}

import "server-only";
import { rangeArguments, type UsageRange } from "@/lib/credits/usage-range";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** 1 is Monday; the hour in UTC. */
export type HourOfWeek = { weekday: number; hour: number; uses: number; used: number };

/** When in the week does the signed-in user use credits? Hours in which there was something. */
export async function getUsageHours(range: UsageRange): Promise<HourOfWeek[]> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_usage_hours", rangeArguments(range)));
  return found.map(({ weekday, hour, uses, used_credits: used }) => ({ weekday, hour, uses, used }));
}

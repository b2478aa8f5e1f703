import "server-only";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

type UsageGroup = "day" | "period" | "operation" | "subject";

type Usage = {
  /** Between these instants: of the day or the billing period, else of the whole range. */
  startsAt: string;
  endsAt: string;
  operation: string | null;
  operationName: string | null;
  subject: string | null;
  uses: number;
  charged: number;
  returned: number;
  used: number;
};

/** What did the signed-in user use credits for? A row for each group in which there was something. */
export async function getUsage(
  groups: UsageGroup[],
  range: { since?: string; until?: string } = {},
): Promise<Usage[]> {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_usage_summary", { ...range, group_by: groups }));
  return found.map((row) => ({
    startsAt: isoTime(row.starts_at),
    endsAt: isoTime(row.ends_at),
    operation: maybe(row.operation),
    operationName: maybe(row.operation_name),
    subject: maybe(row.subject),
    uses: row.uses,
    charged: row.charged_credits,
    returned: row.returned_credits,
    used: row.used_credits,
  }));
}

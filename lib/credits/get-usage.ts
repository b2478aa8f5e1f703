import "server-only";
import { z } from "zod";
import { isoTime, maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const UsageGroup = z.enum(["day", "period", "operation", "subject"]);
type UsageGroup = z.infer<typeof UsageGroup>;

export const Usage = z.object({
  startsAt: z.iso.datetime().describe("Of the day or the billing period, else of the whole range."),
  endsAt: z.iso.datetime(),
  operation: z.string().nullable(),
  operationName: z.string().nullable(),
  subject: z.string().nullable(),
  uses: z.int(),
  charged: z.int(),
  returned: z.int(),
  used: z.int(),
});
type Usage = z.infer<typeof Usage>;

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

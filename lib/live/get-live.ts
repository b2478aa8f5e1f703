import "server-only";
import { z } from "zod";
import { getUser } from "@/lib/auth/get-user";
import { isoTime, maybeTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export const Live = z.object({
  account: z
    .string()
    .nullable()
    .describe("Whose it is, which others may ask in another tab; null: nobody's."),
  entryNumber: z.int().describe("The newest entry; a page that was read before it is behind."),
  total: z.int(),
  nextChangeAt: z.iso.datetime().nullable().describe("When time alone may change the total."),
  isTold: z.boolean().describe("New entries are told on the channel of GET /api/credits/channel."),
  asOf: z.iso.datetime(),
});
export type Live = z.infer<typeof Live>;

/**
 * Is a page still up to date? One read of one row, which settles nothing. A session that is over is an answer here, not
 * an error: browsers write errors to the console.
 */
export async function getLive(): Promise<Live> {
  const user = await getUser();
  if (!user) return { ...nobody, asOf: new Date().toISOString() };
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("get_live"));
  return {
    account: user.id,
    entryNumber: row.entry_number,
    total: row.total,
    nextChangeAt: maybeTime(row.next_change_at),
    isTold: row.is_told,
    asOf: isoTime(row.as_of),
  };
}

const nobody = { account: null, entryNumber: 0, total: 0, nextChangeAt: null, isTold: false };

import "server-only";
import { cache } from "react";
import { z } from "zod";
import { isoTime, maybeTime, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

const WARNING_MS = 7 * 86_400_000;

export const Balance = z.object({
  total: z.int(),
  subscription: z.int(),
  permanent: z.int(),
  promotional: z.int(),
  held: z.int(),
  subscriptionEndsAt: z.iso.datetime().nullable(),
  expiresSoon: z
    .object({ credits: z.int(), at: z.iso.datetime() })
    .nullable()
    .describe("The next credits to go, when that is less than seven days away."),
  asOf: z.iso.datetime(),
});
export type Balance = z.infer<typeof Balance>;

/** What does the signed-in user have, and what of it will be lost soon? */
export const getBalance = cache(async (): Promise<Balance> => {
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("get_user_credits"));
  const asOf = isoTime(row.as_of);
  const subscriptionEndsAt = maybeTime(row.subscription_expire_at);
  return {
    total: row.total,
    subscription: row.subscription_credits,
    permanent: row.permanent_credits,
    promotional: row.promotional_credits,
    held: row.held_credits,
    subscriptionEndsAt,
    expiresSoon: expiresSoon(
      maybeTime(row.next_expiry_at),
      row.next_expiry_credits,
      subscriptionEndsAt,
      asOf,
    ),
    asOf,
  };
});

/** Pages show the end of the paid period, never the grace in which its credits still work. */
function expiresSoon(
  nextAt: string | null,
  credits: number,
  subscriptionEndsAt: string | null,
  asOf: string,
) {
  if (!nextAt || credits === 0) return null;
  const at = subscriptionEndsAt && subscriptionEndsAt < nextAt ? subscriptionEndsAt : nextAt;
  return Date.parse(at) - Date.parse(asOf) < WARNING_MS ? { credits, at } : null;
}

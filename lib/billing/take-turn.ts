import "server-only";
import { AppError } from "@/lib/errors";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** Five times a minute: what asks the payment service for something. Throws `too_many` with the seconds to wait. */
export async function takeTurn(accountId: string, action: "checkout" | "portal" | "topup"): Promise<void> {
  const turn = await oneRow(serviceClient().rpc("take_turn", { account_id: accountId, action }));
  if (turn.allowed) return;
  const retryAfter = turn.retry_after_seconds;
  throw new AppError("too_many", `Too many attempts. Please try again in ${retryAfter} s.`, { retryAfter });
}

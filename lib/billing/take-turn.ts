import "server-only";
import { AppError } from "@/lib/errors";
import { oneRow } from "@/lib/supabase/rows";
import { serviceClient } from "@/lib/supabase/server";

/** How often in a minute somebody may do what asks the payment service for something. */
const turns = { checkout: 5, portal: 5, plan: 5, preview: 30, topup: 5 } as const;

/** Throws `too_many` with the seconds to wait. */
export async function takeTurn(accountId: string, action: keyof typeof turns): Promise<void> {
  const asked = { account_id: accountId, action, max_turns: turns[action] };
  const turn = await oneRow(serviceClient().rpc("take_turn", asked));
  if (turn.allowed) return;
  const retryAfter = turn.retry_after_seconds;
  throw new AppError("too_many", "wait", { values: { seconds: retryAfter }, retryAfter });
}

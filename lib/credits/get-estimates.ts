import "server-only";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** Of an operation: what one was charged on average lately, and how many more there are credits for. */
export type Estimate = { operation: string; name: string; average: number; usesLeft: number };

/** What do the signed-in user's credits pay for? The operations of the last 90 days, the most used first. */
export async function getEstimates(): Promise<Estimate[]> {
  const supabase = await userClient();
  return (await rows(supabase.rpc("get_credit_estimates"))).map((row) => ({
    operation: row.operation,
    name: row.operation_name,
    average: row.average_credits,
    usesLeft: row.uses_left,
  }));
}

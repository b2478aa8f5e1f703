import "server-only";
import { z } from "zod";
import { maybe, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";
import { text } from "@/lib/text";

/** Values of options and labels, and numbers of units. */
export const Params = z.record(text(40), z.union([text(200), z.number()]));
export type Params = z.infer<typeof Params>;

const WayOut = z.object({
  kind: z.string(),
  lookupKey: z.string(),
  name: z.string(),
  credits: z.int(),
  priceCents: z.int(),
  currency: z.string(),
});
export type WayOut = z.infer<typeof WayOut>;

export const Quote = z.object({
  price: z.int(),
  balance: z.int(),
  leftAfter: z.int().nullable(),
  shortfall: z.int(),
  wayOut: WayOut.nullable().describe("The cheapest purchase that would cover the shortfall."),
});
export type Quote = z.infer<typeof Quote>;

/** What would this cost the signed-in user now? */
export async function quote(operation: string, params: Params): Promise<Quote> {
  const supabase = await userClient();
  const row = await oneRow(supabase.rpc("quote_credits", { operation, params }));
  return {
    price: row.price,
    balance: row.balance,
    leftAfter: maybe(row.left_after),
    shortfall: row.shortfall,
    wayOut: row.way_out
      ? {
          kind: row.way_out,
          lookupKey: row.way_out_key,
          name: row.way_out_name,
          credits: row.way_out_credits,
          priceCents: row.way_out_price_cents,
          currency: row.way_out_currency,
        }
      : null,
  };
}

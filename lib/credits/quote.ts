import "server-only";
import { maybe, oneRow } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** Values of options and labels, and numbers of units. */
export type Params = Record<string, string | number>;

export type WayOut = {
  kind: string;
  lookupKey: string;
  name: string;
  credits: number;
  priceCents: number;
  currency: string;
};

export type Quote = {
  price: number;
  balance: number;
  leftAfter: number | null;
  shortfall: number;
  /** The cheapest purchase that would cover the shortfall. */
  wayOut: WayOut | null;
};

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

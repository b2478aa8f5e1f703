import "server-only";
import { cache } from "react";
import { maybe, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

export type PaymentMethod = {
  id: string;
  type: string;
  brand: string | null;
  last4: string | null;
  /** "04/2031"; null for what does not expire. */
  expires: string | null;
  isDefault: boolean;
  /** Over, or in 60 days. */
  expiry: "expired" | "soon" | null;
};

const expiries = ["expired", "soon"] as const;

/** What can the signed-in user be charged on? What the next charge goes to comes first. */
export const getPaymentMethods = cache(async (): Promise<PaymentMethod[]> => {
  const supabase = await userClient();
  const found = await rows(supabase.rpc("get_payment_methods"));
  return found.map((row) => ({
    id: row.id,
    type: row.type,
    brand: maybe(row.brand),
    last4: maybe(row.last4),
    expires: monthOf(maybe(row.exp_month), maybe(row.exp_year)),
    isDefault: row.is_default,
    expiry: expiries.find((known) => known === row.expiry) ?? null,
  }));
});

function monthOf(month: number | null, year: number | null): string | null {
  return month && year ? `${String(month).padStart(2, "0")}/${year}` : null;
}

import "server-only";
import { getCatalog, type Pack } from "@/lib/billing/get-catalog";
import { type BillingOverview, getOverview } from "@/lib/billing/get-overview";
import { getPaymentMethods, type PaymentMethod } from "@/lib/billing/get-payment-methods";
import { isoTime, maybe, maybeTime, oneRow, rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/** The words of `get_auto_topup`: what keeps it from being done. */
export const topupReasons = [
  "switched_off",
  "needs_action",
  "in_progress",
  "not_sold",
  "needs_plan",
  "no_method",
  "frozen",
  "disputed",
  "in_debt",
  "refunded",
  "waiting",
  "declined",
  "cap_reached",
  "awaits_purchase",
] as const;
type TopupReason = (typeof topupReasons)[number];

/** `capsCents`: what may be chosen as a month's limit. */
type TopupPack = Pack & { capsCents: number[] };

export type AutoTopup = {
  /** Neither switched off nor given up, after three failures or after a refund. */
  isOn: boolean;
  reason: TopupReason | null;
  retryAt: string | null;
  thresholdCredits: number;
  lookupKey: string;
  capCents: number | null;
  currency: string | null;
  /** Null: the one that is charged by default. */
  paymentMethod: string | null;
  /** This month, and what is under way. */
  spentCents: number;
  last: { state: string; amountCents: number; currency: string; at: string } | null;
  packs: TopupPack[];
  methods: PaymentMethod[];
  /** Why nothing can be agreed to: packs are not sold to this account, its plan rests, or it has none. */
  lock: "closed" | "on_hold" | "no_plan" | null;
  canOpenPortal: boolean;
};

const USUAL_THRESHOLD = 100;
const PACKS_A_MONTH = [1, 2, 3, 5, 10];

/** How does the signed-in user top up, and what came of it? */
export async function getAutoTopup(): Promise<AutoTopup> {
  const supabase = await userClient();
  const [row, [last], catalog, methods, overview] = await Promise.all([
    oneRow(supabase.rpc("get_auto_topup")),
    rows(supabase.rpc("get_topups", { max_rows: 1 })),
    getCatalog(),
    getPaymentMethods(),
    getOverview(),
  ]);
  const reason = topupReasons.find((known) => known === row.reason) ?? null;
  const lookupKey = maybe(row.lookup_key);
  const capCents = maybe(row.monthly_cap_cents);
  return {
    isOn: row.is_enabled && reason !== "declined" && reason !== "refunded",
    reason,
    retryAt: maybeTime(row.retry_at),
    thresholdCredits: maybe(row.threshold_credits) ?? USUAL_THRESHOLD,
    lookupKey: catalog.packs.find((pack) => pack.lookupKey === lookupKey)?.lookupKey ?? "",
    capCents,
    currency: maybe(row.currency),
    paymentMethod: maybe(row.payment_method),
    spentCents: row.spent_cents,
    last: last
      ? {
          state: last.state,
          amountCents: last.amount_cents,
          currency: last.currency,
          at: isoTime(last.created_at),
        }
      : null,
    packs: catalog.packs.map((pack) => ({
      ...pack,
      capsCents: capsOf(pack, pack.lookupKey === lookupKey ? capCents : null),
    })),
    methods,
    lock: lockOf(overview),
    canOpenPortal: overview.canOpenPortal,
  };
}

function lockOf({ canTopUp, canBuy, plan }: BillingOverview): AutoTopup["lock"] {
  if (canTopUp) return null;
  if (!canBuy) return "closed";
  return plan?.isOnHold ? "on_hold" : "no_plan";
}

/** Some packs' prices, and what was agreed to before. */
function capsOf({ priceCents }: Pack, agreed: number | null): number[] {
  const caps = new Set(PACKS_A_MONTH.map((count) => count * priceCents));
  if (agreed !== null && agreed >= priceCents) caps.add(agreed);
  return [...caps].sort((one, other) => one - other);
}

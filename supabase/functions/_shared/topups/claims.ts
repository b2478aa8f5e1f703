import type { Row, Rpc } from "../rpc.ts";

export type Claims = ReturnType<typeof createClaims>;
export type Claim = {
  act: "charge" | "cancel";
  accountId: string;
  number: number;
  /** False: no longer, so that it is charged no more, unless somebody has. */
  isWanted: boolean;
  /** Somebody who did not answer may have charged it. */
  isTakenOver: boolean;
  pack: string;
  amountCents: number;
  currency: string;
  customer: string;
  paymentMethod: string;
  paymentIntent: string | null;
  idempotencyKey: string;
  claimedAt: Date;
};
/** What came of a claim: a payment, a reason why there is none, or neither, for it was no longer wanted. */
export type Answer = { paymentIntent?: string; reason?: string };

/** What topping up asks of the database; each call is one transaction. */
export function createClaims(rpc: Rpc) {
  return {
    claim: async (most: number): Promise<Claim[]> =>
      (await rpc("claim_topups", { max_topups: most })).map(claimOf),
    async answer({ accountId, number }: Claim, answer: Answer): Promise<void> {
      const { paymentIntent: payment_intent = null, reason = null } = answer;
      await rpc("answer_topup", { account_id: accountId, number, payment_intent, reason });
    },
  };
}

function claimOf(row: Row): Claim {
  return {
    act: row.act === "cancel" ? "cancel" : "charge",
    accountId: String(row.account_id),
    number: Number(row.number),
    isWanted: row.is_wanted === true,
    isTakenOver: Number(row.takes) > 1,
    pack: String(row.pack_key),
    amountCents: Number(row.amount_cents),
    currency: String(row.currency),
    customer: String(row.customer_id),
    paymentMethod: String(row.payment_method),
    paymentIntent: row.payment_intent === null ? null : String(row.payment_intent),
    idempotencyKey: String(row.idempotency_key),
    claimedAt: new Date(String(row.claimed_at)),
  };
}

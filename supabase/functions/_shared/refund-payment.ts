import type Stripe from "stripe";
import { failed } from "./failure.ts";
import type { Rpc } from "./rpc.ts";

type Services = { stripe: Stripe; rpc: Rpc };
type Which = { accountId: string; paymentKey: string };

/** What the catalog offers to give back, or what another amount would do to credits. Changes nothing. */
export async function proposeRefund(rpc: Rpc, { accountId, paymentKey }: Which, cents: number | null) {
  const args = { account_id: accountId, payment_key: paymentKey, cents };
  const [row] = await rpc("propose_refund", args);
  if (!row) throw failed({ status: 500, reason: "database: no proposal" });
  return {
    policy: String(row.policy),
    offeredCents: Number(row.offered_cents),
    mostCents: Number(row.most_cents),
    currency: String(row.currency),
    takesCredits: Number(row.takes_credits),
    debtCredits: Number(row.debt_credits),
    reason: String(row.reason),
  };
}

/** Gives money back, with the owner's reason. Credits follow when Stripe tells of it, as for any refund. */
export async function refundPayment(
  { stripe, rpc }: Services,
  { accountId, paymentKey }: Which,
  amountCents: number,
  reason: string,
) {
  const args = { account_id: accountId, payment_key: paymentKey, amount_cents: amountCents, reason };
  const [row] = await rpc("start_refund", args);
  if (!row) throw failed({ status: 500, reason: "database: no refund" });
  return stripe.refunds.create(
    { payment_intent: String(row.payment_intent), amount: amountCents },
    { idempotencyKey: String(row.idempotency_key) },
  );
}

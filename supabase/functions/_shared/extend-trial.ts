import type Stripe from "stripe";
import { failed } from "./failure.ts";
import type { Rpc } from "./rpc.ts";

type Services = { stripe: Stripe; rpc: Rpc };
type Extension = { accountId: string; endsAt: Date; reason: string };

/** Lets a trial last longer, with the owner's reason; one that Stripe carries is moved there, and followed when it tells. */
export async function extendTrial({ stripe, rpc }: Services, { accountId, endsAt, reason }: Extension) {
  const args = { account_id: accountId, ends_at: endsAt.toISOString(), reason };
  const [row] = await rpc("extend_trial", args);
  if (!row) throw failed({ status: 500, reason: "database: no trial" });
  if (row.subscription_id !== null) {
    await stripe.subscriptions.update(
      String(row.subscription_id),
      { trial_end: Math.round(endsAt.getTime() / 1000), proration_behavior: "none" },
      { idempotencyKey: String(row.idempotency_key) },
    );
  }
  return { endedBefore: String(row.ended_before), isAtStripe: row.subscription_id !== null };
}

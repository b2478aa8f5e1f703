import Stripe from "stripe";
import { failureOf } from "../failure.ts";
import type { Answer, Claim, Claims } from "./claims.ts";

/** `returnUrl`: Stripe asks for one, though nobody is there who could be sent anywhere. */
type Cashier = { stripe: Stripe; claims: Claims; returnUrl: string; isSelling: boolean };

/** Few enough that all are done long before the claims lapse, whatever Stripe's speed. */
const AT_ONCE = 5;

/** Claims and charges until nobody is short any more; nobody where nothing is sold. Credits come by the webhook. */
export async function runTopups(cashier: Cashier, isTimeUp: () => boolean) {
  const done = { charged: 0, failed: 0, dropped: 0, cancelled: 0, left: 0 };
  while (cashier.isSelling && !isTimeUp()) {
    const claims = await cashier.claims.claim(AT_ONCE);
    const outcomes = await Promise.all(claims.map((claim) => serve(cashier, claim)));
    for (const outcome of outcomes) done[outcome] += 1;
    if (claims.length < AT_ONCE || outcomes.includes("left")) break;
  }
  return done;
}

/** `left`: Stripe or the database is away, and the claim is taken up again. */
async function serve(cashier: Cashier, claim: Claim) {
  try {
    if (claim.act === "cancel") return await cancel(cashier, claim);
    const answer = await charge(cashier, claim);
    await cashier.claims.answer(claim, answer);
    if (answer.reason) return "failed";
    return answer.paymentIntent ? "charged" : "dropped";
  } catch (error) {
    console.log(JSON.stringify({ function: "auto-topup", error: failureOf(error).reason }));
    return "left";
  }
}

/** A payment that was declined is a payment all the same: what became of it its event tells. */
async function charge({ stripe, returnUrl }: Cashier, claim: Claim): Promise<Answer> {
  const made = claim.isTakenOver ? await findPayment(stripe, claim) : undefined;
  if (made) return { paymentIntent: made.id };
  if (!claim.isWanted) return {};
  const { accountId, number, idempotencyKey } = claim;
  try {
    const { id } = await stripe.paymentIntents.create(
      {
        ...{ amount: claim.amountCents, currency: claim.currency, customer: claim.customer },
        ...{ payment_method: claim.paymentMethod, confirm: true, off_session: true },
        return_url: returnUrl,
        metadata: { account_id: accountId, pack: claim.pack, topup: String(number) },
      },
      { idempotencyKey },
    );
    return { paymentIntent: id };
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError && error.payment_intent)
      return { paymentIntent: error.payment_intent.id };
    const { status, reason } = failureOf(error);
    if (status === 503 || !isRefusal(error)) throw error;
    return { reason };
  }
}

/** Not so when another is asking the same at this moment. */
const isRefusal = (error: unknown) =>
  error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripeCardError;

/** Stripe remembers a key for a day only; what it stands for is in the list for good. */
async function findPayment(stripe: Stripe, { customer, number, claimedAt }: Claim) {
  const created = { gte: Math.floor(claimedAt.getTime() / 1000) - 600 };
  for await (const payment of stripe.paymentIntents.list({ customer, created, limit: 100 }))
    if (payment.metadata.topup === String(number)) return payment;
  return undefined;
}

/** One that was answered in this moment cannot be cancelled, and need not be. */
async function cancel({ stripe }: Cashier, { paymentIntent }: Claim) {
  if (paymentIntent === null) return "left";
  await stripe.paymentIntents.cancel(paymentIntent, { cancellation_reason: "abandoned" }).catch((error) => {
    const isOver =
      error instanceof Stripe.errors.StripeError && error.code === "payment_intent_unexpected_state";
    if (!isOver) throw error;
  });
  return "cancelled";
}

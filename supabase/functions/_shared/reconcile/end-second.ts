import type Stripe from "stripe";
import { proposeRefund, refundPayment } from "../refund-payment.ts";
import type { Rpc } from "../rpc.ts";

type Services = { stripe: Stripe; rpc: Rpc };

/** Of two plans that were paid side by side the later one ends, and all that was paid for it goes back. */
export async function endSecond(
  { stripe, rpc }: Services,
  subscription: string,
  accountId: string,
  reason: string,
): Promise<void> {
  const { status } = await stripe.subscriptions.retrieve(subscription);
  if (status !== "canceled") await stripe.subscriptions.cancel(subscription);
  for await (const { id } of stripe.invoices.list({ subscription, status: "paid", limit: 100 })) {
    const payment = { accountId, paymentKey: `invoice:${id}` };
    const { mostCents } = await proposeRefund(rpc, payment, null);
    if (mostCents > 0) await refundPayment({ stripe, rpc }, payment, mostCents, reason);
  }
}

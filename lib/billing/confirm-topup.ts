import "server-only";
import Stripe from "stripe";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { siteAddress } from "@/lib/site-address";
import { askStripe, stripe } from "@/lib/stripe";
import { rows } from "@/lib/supabase/rows";
import { userClient } from "@/lib/supabase/server";

/**
 * Where the bank asks the signed-in user about the top-up that waits for it; null when it asks no more, and has been
 * paid. It is the same payment: nothing is bought twice.
 */
export async function confirmTopup(): Promise<{ url: string | null }> {
  const user = await getUserOrThrow();
  await takeTurn(user.id, "topup");
  const supabase = await userClient();
  const [last] = await rows(supabase.rpc("get_topups", { max_rows: 1 }));
  if (last?.state !== "needs_action") throw new AppError("unknown", "nothingToConfirm");
  const payment = await askStripe(stripe().paymentIntents.retrieve(last.payment_intent));
  const asked =
    payment.status === "requires_payment_method" ? await ask(payment.id, last.payment_method) : payment;
  const url = asked.next_action?.redirect_to_url?.url ?? null;
  if (url === null && asked.status === "requires_action") throw new AppError("unavailable", "bankCannotAsk");
  return { url };
}

async function ask(id: string, paymentMethod: string): Promise<Stripe.PaymentIntent> {
  const returnUrl = siteAddress("/dashboard/billing");
  try {
    return await stripe().paymentIntents.confirm(id, {
      payment_method: paymentMethod,
      return_url: returnUrl,
    });
  } catch (cause) {
    if (!(cause instanceof Stripe.errors.StripeCardError)) return askStripe(Promise.reject(cause));
    throw new AppError("conflict", "bankDeclined", { cause });
  }
}

import "server-only";
import Stripe from "stripe";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { stripeAddress } from "@/lib/hosted-page";
import { askStripe, stripe } from "@/lib/stripe";
import { idOf } from "@/supabase/functions/_shared/stripe-fields";

/** Stripe's receipt for a pack, by the payment's key; null where there is none, or it is another's. */
export async function getReceipt(key: string): Promise<string | null> {
  const { id: account } = await getUserOrThrow();
  const [, noun, id] = /^(checkout|payment_intent):(\w{1,200})$/.exec(key) ?? [];
  if (!noun || !id) return null;
  try {
    const payment = noun === "checkout" ? await paymentOf(id, account) : id;
    if (payment === null) return null;
    const { metadata, latest_charge: charge } = await stripe().paymentIntents.retrieve(payment, {
      expand: ["latest_charge"],
    });
    const isOwn = noun === "checkout" || metadata.account_id === account;
    return isOwn && charge && typeof charge !== "string" ? stripeAddress(charge.receipt_url) : null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    return askStripe(Promise.reject(error));
  }
}

async function paymentOf(session: string, account: string): Promise<string | null> {
  const { client_reference_id: buyer, payment_intent } = await stripe().checkout.sessions.retrieve(session);
  return buyer === account ? idOf(payment_intent) : null;
}

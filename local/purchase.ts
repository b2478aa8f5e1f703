// Buying something as the application and then a browser do: a Checkout session, and the sandbox's page that pays it.
import type Stripe from "stripe";
import { soldPrice } from "../supabase/functions/_shared/sold-price.ts";
import { refusal } from "./steps.mjs";

export type Purchase = {
  accountId: string;
  customer: string;
  lookupKey: string;
  /** Where the browser is sent afterwards. */
  returnTo: string;
  trial?: Pick<Stripe.Checkout.SessionCreateParams.SubscriptionData, "trial_end" | "trial_period_days">;
  discounts?: Stripe.Checkout.SessionCreateParams.Discount[];
};

export async function openCheckout(
  stripe: Stripe,
  { accountId, customer, lookupKey, returnTo, trial, discounts }: Purchase,
) {
  const price = await soldPrice(stripe, lookupKey);
  if (!price) throw refusal(`${lookupKey} is not sold at Stripe`);
  const metadata = { account_id: accountId };
  return stripe.checkout.sessions.create({
    customer,
    client_reference_id: accountId,
    metadata,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: returnTo,
    cancel_url: returnTo,
    ...(discounts && { discounts }),
    ...(price.recurring
      ? { mode: "subscription", subscription_data: { metadata, ...trial } }
      : { mode: "payment", payment_intent_data: { metadata } }),
  });
}

/** What a person types into a page that asks for a card, or for an account at a bank. */
export async function pay(page: string, number = "4242424242424242", send = fetch) {
  const isCard = number.length > 12;
  const form: Record<string, string> = isCard
    ? { number, expiry: "12 / 40", cvc: "123" }
    : { account: number, routing: "110000000" };
  const answer = await send(page, {
    method: "POST",
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  if (answer.status !== 303)
    throw refusal(`The sandbox does not take the payment: it answers ${answer.status} at ${page}`);
}

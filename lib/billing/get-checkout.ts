import "server-only";
import Stripe from "stripe";
import { z } from "zod";
import { type ActivePlan, getOverview } from "@/lib/billing/get-overview";
import { getPayment, type Payment } from "@/lib/billing/get-payments";
import { askStripe, stripe } from "@/lib/stripe";
import { idOf } from "@/supabase/functions/_shared/stripe-fields";

const SessionId = z.string().regex(/^cs_[A-Za-z0-9_]{1,120}$/);

/** `confirming`: Stripe has the money, and its webhook has not been applied here yet; `debiting`: a bank is still asked. */
export type Checkout =
  /** `perMonth` is set where the credits of one payment come month by month. */
  | { is: "paid"; payment: Payment; perMonth: number | null }
  /** Nothing yet: what was bought follows the trial. */
  | { is: "after_trial"; description: string; firstChargeAt: string }
  | { is: "confirming" }
  | { is: "debiting"; payment: Payment }
  | { is: "failed"; payment: Payment }
  | { is: "open"; url: string }
  | { is: "expired" };

/** How far is this checkout of this account? Only reads; null when it is not theirs, or does not exist. */
export async function getCheckout(accountId: string, sessionId: unknown): Promise<Checkout | null> {
  const id = SessionId.safeParse(sessionId);
  const session = id.success ? await findSession(id.data) : null;
  if (session?.client_reference_id !== accountId) return null;
  if (session.status === "expired") return { is: "expired" };
  if (session.status === "open") return session.url ? { is: "open", url: session.url } : { is: "expired" };
  const payment = await findPayment(session);
  if (!payment) return { is: "confirming" };
  if (payment.status === "failed") return { is: "failed", payment };
  if (payment.status !== "pending") {
    const { plan, trial } = await getOverview();
    if (plan && trial && payment.amountCents === 0)
      return { is: "after_trial", description: payment.description, firstChargeAt: trial.endsAt };
    return { is: "paid", payment, perMonth: perMonth(payment, plan) };
  }
  return session.payment_status === "unpaid" ? { is: "debiting", payment } : { is: "confirming" };
}

/** A year is paid at once, and its credits come each month: the first of them are there now. */
function perMonth({ key, creditsGranted }: Payment, plan: ActivePlan | null): number | null {
  const isSpread = key.startsWith("invoice:") && plan?.interval === "year";
  return isSpread && creditsGranted > plan.creditsPerMonth ? plan.creditsPerMonth : null;
}

async function findSession(id: string): Promise<Stripe.Checkout.Session | null> {
  try {
    return await stripe().checkout.sessions.retrieve(id);
  } catch (error) {
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return null;
    return askStripe(Promise.reject(error));
  }
}

/** What counts is the ledger's side: the payment with its credits, which the webhook writes at once. */
async function findPayment(session: Stripe.Checkout.Session): Promise<Payment | undefined> {
  const key = session.mode === "payment" ? `checkout:${session.id}` : `invoice:${idOf(session.invoice)}`;
  return getPayment(key);
}

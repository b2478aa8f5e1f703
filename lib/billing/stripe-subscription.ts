import "server-only";
import Stripe from "stripe";
import { getUserOrThrow } from "@/lib/auth/get-user";
import { requireBilling } from "@/lib/billing/billing-enabled";
import { getSubscription } from "@/lib/billing/get-subscription";
import { takeTurn } from "@/lib/billing/take-turn";
import { AppError } from "@/lib/errors";
import { stripeAddress } from "@/lib/hosted-page";
import { askStripe, stripe } from "@/lib/stripe";
import { cancelTime, idOf } from "@/supabase/functions/_shared/stripe-fields";

export const movedOn = (cause?: unknown) => new AppError("conflict", "movedOn", { cause });

/** The signed-in user's subscription as Stripe has it now, for an act on it. */
export async function takeSubscription({ isBuying = true } = {}): Promise<Stripe.Subscription> {
  const user = await getUserOrThrow();
  if (isBuying) requireBilling(user.id);
  await takeTurn(user.id, "plan");
  const known = await getSubscription();
  if (!known) throw new AppError("plan_required", "noPlan");
  return askStripe(stripe().subscriptions.retrieve(known.id));
}

/** Stripe refuses what was right when it was asked for, where something else came first. */
export async function askForChange<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { StripeIdempotencyError, StripeInvalidRequestError } = Stripe.errors;
    if (error instanceof StripeIdempotencyError || error instanceof StripeInvalidRequestError)
      throw movedOn(error);
    return askStripe(Promise.reject(error));
  }
}

export const isEnding = (subscription: Stripe.Subscription) => cancelTime(subscription) !== null;

/** What waits for the end of the period does not come; Stripe changes nothing else while it waits. */
export async function releaseSchedule({ schedule }: Stripe.Subscription): Promise<void> {
  const id = idOf(schedule);
  if (id !== null) await askForChange(stripe().subscriptionSchedules.release(id));
}

/** What an act has had paid just now. Its credits come with its own webhook. */
export function paidInvoice({ latest_invoice: latest }: Stripe.Subscription): string | null {
  return latest && typeof latest !== "string" && latest.amount_paid > 0 ? latest.id : null;
}

/** Where the user pays, or confirms, what the latest invoice asks for. */
export async function paymentPage({ latest_invoice: latest }: Stripe.Subscription): Promise<string> {
  const invoice = typeof latest === "string" ? await askStripe(stripe().invoices.retrieve(latest)) : latest;
  const url = stripeAddress(invoice?.hosted_invoice_url ?? null);
  if (url) return url;
  throw new AppError("unavailable", undefined, { cause: `${invoice?.id} has no page` });
}

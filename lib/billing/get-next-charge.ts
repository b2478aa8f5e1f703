import "server-only";
import { unstable_cache } from "next/cache";
import type Stripe from "stripe";
import { getManagedPlan, type PlannedCharge } from "@/lib/billing/get-managed-plan";
import { getSubscription } from "@/lib/billing/get-subscription";
import { AppError } from "@/lib/errors";
import { askStripe, stripe } from "@/lib/stripe";

/** `isWhole`: as Stripe will write the invoice; else what the catalog says, before tax and discounts. */
export type NextCharge = PlannedCharge & { isWhole: boolean; taxCents: number; offCents: number };

const SECONDS = 300;
/** A page that waits for it shows the catalog's price meanwhile, and goes on with that. */
const patience = { timeout: 4_000, maxNetworkRetries: 0 };

/** The whole of the next invoice: seats, add-ons, tax, discounts, and what is left from before. Null: none comes. */
export async function getNextCharge(): Promise<NextCharge | null> {
  const [managed, subscription] = await Promise.all([getManagedPlan(), getSubscription()]);
  const planned = managed?.nextCharge;
  if (!planned || !subscription) return null;
  const unknown = { ...planned, isWhole: false, taxCents: 0, offCents: 0 };
  // Stripe previews no change that waits for the end of the period.
  if (managed.scheduled) return unknown;
  try {
    return { ...planned, ...(await preview(subscription.id, planned.when, JSON.stringify(subscription))) };
  } catch (error) {
    if (error instanceof AppError) return unknown;
    throw error;
  }
}

/** Asked again when anything that we know of the subscription has changed, or after a while. */
const preview = (subscription: string, when: PlannedCharge["when"], state: string) =>
  unstable_cache(() => askPreview(subscription, when), ["next-charge", state], { revalidate: SECONDS })();

const asIf: Record<PlannedCharge["when"], Stripe.InvoiceCreatePreviewParams.SubscriptionDetails | undefined> =
  {
    renewal: undefined,
    if_kept: { cancel_at: "" },
    if_resumed: { resume_at: "now", billing_cycle_anchor: { type: "now" } },
  };

async function askPreview(subscription: string, when: PlannedCharge["when"]) {
  const details = asIf[when];
  const invoice = await askStripe(
    stripe().invoices.createPreview(
      { subscription, ...(details && { subscription_details: details }) },
      patience,
    ),
  );
  const sum = (parts: { amount: number }[] | null) =>
    (parts ?? []).reduce((total, { amount }) => total + amount, 0);
  return {
    isWhole: true,
    amountCents: invoice.amount_due,
    currency: invoice.currency,
    taxCents: sum(invoice.total_taxes),
    offCents: sum(invoice.total_discount_amounts),
  };
}

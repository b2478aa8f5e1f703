import "server-only";
import type { Change } from "@/lib/billing/change-plan";
import { askForChange, paidInvoice, paymentPage, takeSubscription } from "@/lib/billing/stripe-subscription";
import { askStripe, stripe } from "@/lib/stripe";
import { idOf } from "@/supabase/functions/_shared/stripe-fields";

/** A new period begins, and is charged less the time left of the old one; `confirm` where that must be paid by hand. */
export async function unpausePlan(): Promise<Change> {
  const subscription = await takeSubscription();
  if (subscription.status !== "paused") return { is: "changed", invoice: null };
  const resumed = (await isAsked(subscription.latest_invoice))
    ? subscription
    : await askForChange(
        stripe().subscriptions.resume(subscription.id, {
          billing_cycle_anchor: { type: "now" },
          payment_behavior: "resume_on_payment_success",
          expand: ["latest_invoice"],
        }),
      );
  return resumed.status === "paused"
    ? { is: "confirm", url: await paymentPage(resumed) }
    : { is: "changed", invoice: paidInvoice(resumed) };
}

/** It was unpaused before, and waits for its payment. */
async function isAsked(latest: string | { id: string } | null): Promise<boolean> {
  const id = idOf(latest);
  return id !== null && (await askStripe(stripe().invoices.retrieve(id))).status === "open";
}

import type { Subscription } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Hidden, Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { resumeWith } from "./pause.ts";
import { applyPendingUpdate } from "./pending-update.ts";
import { endSubscription } from "./subscriptions.ts";

export const subscriptionOf = ({ state }: Work, invoice: Invoice): Promise<Subscription> =>
  state.get("subscription", invoice.parent.subscription_details.subscription);

/** What waits for the payment of this invoice. */
export const waitingFor = async ({ state }: Work, { id }: Invoice): Promise<Hidden["invoice"]> =>
  (await state.load("invoice", id))?.hidden ?? {};

/** What a subscription does when one of its invoices is paid. */
export async function afterPayment(work: Work, invoice: Invoice): Promise<void> {
  const subscription = await subscriptionOf(work, invoice);
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  if (isOfPendingUpdate) await applyPendingUpdate(work, subscription);
  else if (resumption && subscription.status === "paused")
    await resumeWith(work, subscription, resumption, "active");
  else await setStatus(work, subscription, invoice, ["incomplete", "past_due"], "active");
}

/** What it does when a payment failed. The last try of all ends it. */
export async function afterFailure(work: Work, invoice: Invoice, isLast: boolean): Promise<void> {
  const subscription = await subscriptionOf(work, invoice);
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  if (isOfPendingUpdate) return;
  if (resumption && subscription.status === "paused") {
    if (resumption.isOnAttempt) await resumeWith(work, subscription, resumption, "past_due");
    return;
  }
  const late = await setStatus(work, subscription, invoice, ["active"], "past_due");
  if (isLast && late.status !== "canceled") await endSubscription(work, late, "payment_failed");
}

/** Whether time tries a payment again: not where a beginning or a change waits for it, nor after a resumption. */
export async function isTriedAgain(work: Work, invoice: Invoice): Promise<boolean> {
  if ((await subscriptionOf(work, invoice)).status === "incomplete") return false;
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  return !isOfPendingUpdate && !resumption?.isOnAttempt;
}

async function setStatus(
  work: Work,
  subscription: Subscription,
  invoice: Invoice,
  from: Subscription["status"][],
  to: Subscription["status"],
): Promise<Subscription> {
  if (!from.includes(subscription.status) || subscription.latest_invoice !== invoice.id) return subscription;
  return update(work, "customer.subscription.updated", subscription, { ...subscription, status: to });
}

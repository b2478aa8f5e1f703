import type { CancellationDetails, Subscription } from "../engine/billing-types.ts";
import type { Work } from "../engine/work.ts";
import { collectOffSession } from "./collect.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { dropPending, keepForNextInvoice, pendingBillables } from "./pending-items.ts";
import { unusedTime } from "./proration.ts";
import { change, endSubscription } from "./subscriptions.ts";

type Cancellation = {
  details: Partial<CancellationDetails>;
  /** What waits for the next invoice comes upon a last one. */
  isInvoiced: boolean;
  /** What is left of the period is credited. */
  isProrated: boolean;
};

/** Ends a subscription at once. Prorations that nobody asks for are gone with it. */
export async function cancelNow(
  work: Work,
  subscription: Subscription,
  { details, isInvoiced, isProrated }: Cancellation,
): Promise<Subscription> {
  if (isProrated)
    for (const item of subscription.items.data) {
      const credit = await unusedTime(work, item, work.at);
      if (credit) await keepForNextInvoice(work, subscription, [credit]);
    }
  if (!isProrated && !isInvoiced) await dropPending(work, subscription.id);
  const invoiced = isInvoiced ? await lastInvoice(work, subscription) : subscription;
  return endSubscription(work, invoiced, "cancellation_requested", details);
}

async function lastInvoice(work: Work, subscription: Subscription): Promise<Subscription> {
  if ((await pendingBillables(work, subscription.id)).length === 0) return subscription;
  const draft = await draftInvoice(work, {
    subscription,
    billables: [],
    reason: "subscription_update",
    period: { start: work.at, end: work.at },
  });
  await change(work, subscription, { ...subscription, latest_invoice: draft.id });
  await collectOffSession(work, await finalizeInvoice(work, draft));
  return work.state.get("subscription", subscription.id);
}

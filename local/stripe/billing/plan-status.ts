import type { Subscription } from "../engine/billing-types.ts";
import { update } from "../engine/events.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

export const planOf = ({ state }: Work, invoice: Invoice): Promise<Subscription> =>
  state.get("subscription", invoice.parent.subscription_details.subscription);

/** The status of a plan follows its latest invoice. */
export async function setStatus(
  work: Work,
  invoice: Invoice,
  from: Subscription["status"][],
  to: Subscription["status"],
): Promise<void> {
  const subscription = await planOf(work, invoice);
  if (!from.includes(subscription.status) || subscription.latest_invoice !== invoice.id) return;
  await update(work, "customer.subscription.updated", subscription, { ...subscription, status: to });
}

import type { Billable, Subscription } from "../engine/billing-types.ts";
import { invalid, stripeError } from "../engine/errors.ts";
import { newId } from "../engine/ids.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { fullPeriods } from "./invoice-lines.ts";
import { buildInvoice } from "./invoicing.ts";
import { pendingBillables } from "./pending-items.ts";
import type { PlannedChange } from "./plan-change.ts";
import { newPeriod, nextPeriods, periodEnd } from "./subscriptions.ts";

/** The invoice that comes next, after a change if one is given: nothing is kept, and no number is taken. */
export async function previewInvoice(
  work: Work,
  { after, billables, isInvoiced }: PlannedChange,
  isRecurringOnly: boolean,
): Promise<Invoice> {
  const pending = isRecurringOnly ? [] : await pendingBillables(work, after.id);
  const own = isRecurringOnly ? [] : billables;
  if (isInvoiced && !isRecurringOnly) return preview(work, after, [...pending, ...own], work.at, work.at);
  const end = periodEnd(after);
  const begun = await renewalOf(work, after, end);
  const all = [...pending, ...own, ...begun];
  if (all.length === 0)
    throw stripeError(404, {
      type: "invalid_request_error",
      code: "invoice_upcoming_none",
      message: `No upcoming invoices for customer: ${after.customer}`,
    });
  const start = Math.min(...after.items.data.map((item) => item.current_period_start));
  return preview(work, after, all, start, end);
}

/** What is charged when a paused one goes on, with a new period: less what was left of the paid one. */
export async function previewResumption(work: Work, subscription: Subscription): Promise<Invoice> {
  if (subscription.status !== "paused")
    throw invalid("Only a paused subscription can be resumed.", "resume_at");
  const pending = await pendingBillables(work, subscription.id);
  const begun = await fullPeriods(
    work,
    subscription.items.data.map((item) => newPeriod(item, work.at)),
  );
  return preview(work, subscription, [...pending, ...begun], work.at, work.at);
}

/** The periods that begin at the next renewal; none where it does not come to that. */
async function renewalOf(work: Work, subscription: Subscription, end: number): Promise<Billable[]> {
  const { status, cancel_at: cancelAt } = subscription;
  if (status === "paused" || (cancelAt !== null && cancelAt <= end)) return [];
  const items = nextPeriods(subscription, end).filter((item) => item.current_period_start === end);
  return fullPeriods(work, items);
}

async function preview(
  work: Work,
  subscription: Subscription,
  billables: Billable[],
  start: number,
  end: number,
): Promise<Invoice> {
  const { invoice, lines } = await buildInvoice(
    { ...work, at: end },
    { subscription, billables, reason: "subscription_update", period: { start, end } },
  );
  const id = newId("upcoming_in", 24);
  return {
    ...invoice,
    id,
    billing_reason: "upcoming",
    lines: {
      object: "list",
      data: lines.map((line) => ({ ...line, invoice: id })),
      has_more: false,
      url: `/v1/invoices/${id}/lines`,
    },
  };
}

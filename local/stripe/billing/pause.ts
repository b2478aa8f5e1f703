import type { Billable, Resumption, Subscription } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { fullPeriod } from "./invoice-lines.ts";
import { draftInvoice } from "./invoicing.ts";
import { keepForNextInvoice } from "./pending-items.ts";
import { remainingTime, unusedTime } from "./proration.ts";
import { change, newPeriod, periodAround } from "./subscriptions.ts";

type PauseReason = "pause_requested" | "trial_end_without_payment_method";
export type Pause = {
  /** What is given back: the time from now on, the whole period, nothing. */
  creditFrom: "now" | "item_current_period_start" | "none";
  isInvoiced: boolean;
};
export type Resume = {
  isAnchorNew: boolean;
  prorations: "always_invoice" | "create_prorations" | "none";
  prorationDate: number;
  isOnAttempt: boolean;
};

/** Stops a subscription: no periods, no invoices, until it is resumed. The invoice, if one was made, is the caller's. */
export async function pauseSubscription(
  work: Work,
  subscription: Subscription,
  { creditFrom, isInvoiced }: Pause,
): Promise<{ paused: Subscription; invoice?: Invoice }> {
  if (subscription.status !== "active" || subscription.pending_update || subscription.schedule)
    throw invalid(
      "Only an active subscription without a pending update and without a schedule can be paused.",
      undefined,
      "subscription_not_pausable",
    );
  const credits: Billable[] = [];
  for (const item of creditFrom === "none" ? [] : subscription.items.data) {
    const from = creditFrom === "now" ? work.at : item.current_period_start;
    const credit = await unusedTime(work, item, from);
    if (credit) credits.push(credit);
  }
  if (!isInvoiced) await keepForNextInvoice(work, subscription, credits);
  const paused = await setPaused(work, subscription, "pause_requested");
  if (!isInvoiced || credits.length === 0) return { paused };
  return { paused, invoice: await invoiceNow(work, paused, credits) };
}

export async function setPaused(
  work: Work,
  subscription: Subscription,
  reason: PauseReason,
): Promise<Subscription> {
  const paused = await change(work, subscription, {
    ...subscription,
    status: "paused",
    status_details: {
      paused: { subscription: { type: reason }, transitioned_at: work.at, type: "subscription" },
    },
  });
  await emit(work, "customer.subscription.paused", paused);
  return paused;
}

/** Goes on at once where nothing has to be paid; else the invoice, which the caller collects, decides. */
export async function resumeSubscription(
  work: Work,
  subscription: Subscription,
  { isAnchorNew, prorations, prorationDate, isOnAttempt }: Resume,
): Promise<{ resumed: Subscription; invoice?: Invoice }> {
  await checkResumable(work, subscription);
  const anchor = isAnchorNew ? work.at : subscription.billing_cycle_anchor;
  const items = subscription.items.data.map((item) =>
    isAnchorNew ? newPeriod(item, work.at) : periodAround(item, anchor, work.at),
  );
  const resumption: Resumption = { items, anchor, isOnAttempt };
  const debits: Billable[] = [];
  for (const item of items)
    if (isAnchorNew) debits.push(await fullPeriod(work, item));
    else if (prorations !== "none") debits.push(await remainingTime(work, item, prorationDate, false));
  const owed = debits.filter((debit) => debit.amount !== 0);
  if (isAnchorNew || (prorations === "always_invoice" && owed.length > 0)) {
    const invoice = await invoiceNow(work, subscription, debits, resumption);
    return { resumed: await work.state.get("subscription", subscription.id), invoice };
  }
  await keepForNextInvoice(work, subscription, owed);
  return { resumed: await resumeWith(work, subscription, resumption, "active") };
}

async function checkResumable({ state }: Work, { status, latest_invoice }: Subscription): Promise<void> {
  if (status !== "paused") throw invalid(`Only a paused subscription can be resumed; this one is ${status}.`);
  const latest = await state.load("invoice", latest_invoice ?? "");
  if (latest?.hidden.resumption && latest.body.status === "open")
    throw invalid(`This subscription resumes when its invoice ${latest.body.id} is paid.`);
}

/** The end of a pause, with the periods that were asked for when it was to end. */
export async function resumeWith(
  work: Work,
  subscription: Subscription,
  { items, anchor }: Resumption,
  status: "active" | "past_due",
): Promise<Subscription> {
  const { status_details: _, ...rest } = subscription;
  const resumed = await change(work, subscription, {
    ...rest,
    billing_cycle_anchor: anchor,
    items: { ...subscription.items, data: items },
    status,
  });
  await emit(work, "customer.subscription.resumed", resumed);
  return resumed;
}

async function invoiceNow(
  work: Work,
  subscription: Subscription,
  billables: Billable[],
  resumption?: Resumption,
): Promise<Invoice> {
  const invoice = await draftInvoice(work, {
    subscription,
    billables,
    reason: "subscription_update",
    period: { start: work.at, end: work.at },
    ...(resumption && { hidden: { resumption } }),
  });
  await change(work, subscription, {
    ...subscription,
    latest_invoice: invoice.id,
  });
  return invoice;
}

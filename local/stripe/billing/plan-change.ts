import type { Billable, Subscription, SubscriptionItem } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import type { Work } from "../engine/work.ts";
import { fullPeriods, trialPeriods } from "./invoice-lines.ts";
import { remainingTime, unusedTime } from "./proration.ts";
import { changedItems, type ItemChange } from "./subscription-items.ts";
import { newPeriod, periodEnd } from "./subscriptions.ts";

export type Prorations = "always_invoice" | "create_prorations" | "none";
export type Change = {
  items: ItemChange[];
  prorations: Prorations;
  /** The second from which the old items are credited and the new ones debited; null: now. */
  prorationDate: number | null;
  isAnchorNew: boolean;
  /** A trial begins, goes on to another end, or is over now. */
  trialEnd?: number | "now" | undefined;
};
/** What a change comes to: computed once, for the preview and for the change itself. */
export type PlannedChange = { after: Subscription; billables: Billable[]; isInvoiced: boolean };

export async function planChange(
  work: Work,
  subscription: Subscription,
  change: Change,
): Promise<PlannedChange> {
  const items = changedItems(subscription, change.items, work.at);
  const next: Subscription = { ...subscription, items: { ...subscription.items, data: items } };
  const from = prorationDate(work, subscription, change);
  if (typeof change.trialEnd === "number")
    return planTrial(work, subscription, next, change, change.trialEnd, from);
  const isTrialOver = subscription.status === "trialing" && (change.trialEnd === "now" || change.isAnchorNew);
  const isFree = subscription.status === "trialing" || subscription.status === "paused";
  if (isFree && !isTrialOver) return { after: next, billables: [], isInvoiced: false };
  if (isTrialOver || change.isAnchorNew || restarts(subscription, items))
    return planNewPeriod(work, subscription, next, change, from);
  const billables = change.prorations === "none" ? [] : await prorated(work, subscription, items, from);
  const isInvoiced = change.prorations === "always_invoice" && billables.length > 0;
  return { after: next, billables, isInvoiced };
}

/** Another interval, and the step from free to paid, begin a period of their own. */
function restarts(subscription: Subscription, items: SubscriptionItem[]): boolean {
  const isFree = (all: SubscriptionItem[]) =>
    all.every(({ price, quantity }) => price.unit_amount * quantity === 0);
  if (isFree(subscription.items.data) && !isFree(items)) return true;
  return items.some(({ id, price }) => {
    const before = subscription.items.data.find((item) => item.id === id)?.price.recurring;
    const { interval, interval_count: count } = price.recurring ?? {};
    return before && (before.interval !== interval || before.interval_count !== count);
  });
}

/** A credit and a debit for each item that is another, or is there no more, or was not there before. */
async function prorated(
  work: Work,
  { items }: Subscription,
  after: SubscriptionItem[],
  from: number,
): Promise<Billable[]> {
  const isSame = (a: SubscriptionItem, b: SubscriptionItem | undefined) =>
    a.price.id === b?.price.id && a.quantity === b.quantity;
  const find = (all: SubscriptionItem[], { id }: SubscriptionItem) => all.find((item) => item.id === id);
  const billables: Billable[] = [];
  for (const item of items.data.filter((old) => !isSame(old, find(after, old)))) {
    const credit = await unusedTime(work, item, from);
    if (credit) billables.push(credit);
  }
  for (const item of after.filter((one) => !isSame(one, find(items.data, one)))) {
    const debit = await remainingTime(work, item, from);
    if (debit.amount !== 0) billables.push(debit);
  }
  return billables;
}

/** All items begin anew, invoiced at once; what is left of the old period is credited. */
async function planNewPeriod(
  work: Work,
  subscription: Subscription,
  next: Subscription,
  { prorations }: Change,
  from: number,
): Promise<PlannedChange> {
  const items = next.items.data.map((item) => newPeriod(item, work.at));
  const after: Subscription = {
    ...next,
    billing_cycle_anchor: work.at,
    items: { ...next.items, data: items },
    ...(subscription.status === "trialing" && { status: "active", trial_end: work.at }),
  };
  const credits = prorations === "none" ? [] : await prorated(work, subscription, [], from);
  return { after, billables: [...credits, ...(await fullPeriods(work, items))], isInvoiced: true };
}

/** Until its end a trial costs nothing, and the anchor is its end. */
async function planTrial(
  work: Work,
  subscription: Subscription,
  next: Subscription,
  { prorations }: Change,
  trialEnd: number,
  from: number,
): Promise<PlannedChange> {
  if (trialEnd <= work.at) throw invalid("Timestamp must be in the future.", "trial_end");
  const isLonger = subscription.status === "trialing";
  const items = next.items.data.map((item) => ({
    ...item,
    current_period_end: trialEnd,
    ...(!isLonger && { current_period_start: work.at }),
  }));
  const after: Subscription = {
    ...next,
    billing_cycle_anchor: trialEnd,
    items: { ...next.items, data: items },
    status: "trialing",
    trial_end: trialEnd,
    ...(!isLonger && { trial_start: work.at }),
  };
  if (isLonger) return { after, billables: [], isInvoiced: false };
  const credits = prorations === "none" ? [] : await prorated(work, subscription, [], from);
  return { after, billables: [...credits, ...(await trialPeriods(work, items))], isInvoiced: true };
}

function prorationDate({ at }: Work, subscription: Subscription, { prorationDate: date }: Change): number {
  if (date === null) return at;
  const start = Math.max(...subscription.items.data.map((item) => item.current_period_start));
  if (date < start || date > periodEnd(subscription))
    throw invalid("The proration date must be in the current period of the subscription.", "proration_date");
  return date;
}

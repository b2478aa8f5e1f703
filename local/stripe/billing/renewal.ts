import type { Subscription } from "../engine/billing-types.ts";
import { emit } from "../engine/events.ts";
import type { Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { waitingFor } from "./after-payment.ts";
import { markUncollectible, voidInvoice } from "./close-invoice.ts";
import { collectOffSession, methodOf } from "./collect.ts";
import { fullPeriods } from "./invoice-lines.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { setPaused } from "./pause.ts";
import { planOf } from "./plan-status.ts";
import { advanceSchedule, scheduleOf } from "./schedules.ts";
import { change, endSubscription, firstDue, nextPeriods, periodEnd, trialReminder } from "./subscriptions.ts";

/** What time does to a subscription at the instant it was due. */
export async function advanceSubscription(work: Work, due: Subscription): Promise<void> {
  const { state, at } = work;
  // A phase that begins at the end of a period begins before the renewal: the new plan is what is charged.
  const schedule = await scheduleOf(work, due);
  if (schedule) await advanceSchedule(work, schedule);
  const subscription = await state.get("subscription", due.id);
  const { cancel_at: cancelAt, status } = subscription;
  if (status === "canceled") return;
  if (cancelAt !== null && cancelAt <= at) {
    await endSubscription(work, subscription, "cancellation_requested");
    return;
  }
  const collecting = await endPauseOfCollection(work, subscription);
  if (status !== "paused" && periodEnd(collecting) <= at) {
    await beginPeriod(work, collecting);
    return;
  }
  if (trialReminder(collecting) === at) await emit(work, "customer.subscription.trial_will_end", collecting);
  await state.setDue(collecting.id, firstDue(collecting, at + 1));
}

/** After a trial a plan that nobody can pay for ends or pauses, if that was asked for. */
async function beginPeriod(work: Work, subscription: Subscription): Promise<void> {
  if (subscription.status !== "trialing") return renew(work, subscription);
  const { missing_payment_method: missing } = subscription.trial_settings.end_behavior;
  const isPayable = (await methodOf(work, subscription)) !== undefined;
  if (isPayable || missing === "create_invoice")
    await renew(work, { ...subscription, status: "active" }, subscription);
  else if (missing === "pause") await setPaused(work, subscription, "trial_end_without_payment_method");
  else await endSubscription(work, subscription, null);
}

/** The period moves first; the invoice stays a draft for an hour, then it is charged. */
async function renew(work: Work, subscription: Subscription, before = subscription): Promise<void> {
  const end = periodEnd(subscription);
  const over = subscription.items.data.filter((item) => item.current_period_end === end);
  const items = nextPeriods(subscription, end);
  const moved: Subscription = { ...subscription, items: { ...subscription.items, data: items } };
  const invoice = await draftInvoice(work, {
    subscription: moved,
    billables: await fullPeriods(
      work,
      items.filter((item) => item.current_period_start === end),
    ),
    reason: "subscription_cycle",
    period: { start: Math.min(...over.map((item) => item.current_period_start)), end },
  });
  await change(work, before, { ...moved, latest_invoice: invoice.id });
}

async function endPauseOfCollection(work: Work, subscription: Subscription): Promise<Subscription> {
  const resumesAt = subscription.pause_collection?.resumes_at ?? null;
  if (resumesAt === null || resumesAt > work.at) return subscription;
  return change(work, subscription, { ...subscription, pause_collection: null });
}

/** What time does to an invoice: it is finalized, charged, or has waited for its payment too long. */
export async function advanceInvoice(work: Work, invoice: Invoice): Promise<void> {
  const plan = await planOf(work, invoice);
  if (invoice.status === "draft") {
    const open = await finalizeInvoice(work, invoice);
    const pause = plan.pause_collection?.behavior;
    if (pause === "void") await voidInvoice(work, open);
    else if (pause === "mark_uncollectible") await markUncollectible(work, open);
    else await collectOffSession(work, open);
  } else if (invoice.status === "open" && invoice.next_payment_attempt !== null)
    await collectOffSession(work, invoice);
  else if (invoice.status === "open") await expire(work, plan, invoice);
}

/** What has waited for a payment that did not come is not done. */
async function expire(work: Work, plan: Subscription, invoice: Invoice): Promise<void> {
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  if (plan.status === "incomplete")
    await change(work, plan, { ...plan, ended_at: work.at, status: "incomplete_expired" });
  else if (!isOfPendingUpdate && (!resumption || invoice.attempted)) return;
  await voidInvoice(work, invoice);
}

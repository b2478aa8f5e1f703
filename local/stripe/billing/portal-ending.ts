import type Stripe from "stripe";
import type { Subscription } from "../engine/billing-types.ts";
import { missingResource } from "../engine/errors.ts";
import type { Work } from "../engine/work.ts";
import { cancelNow } from "./cancel.ts";
import { collectOffSession } from "./collect.ts";
import { finalizeInvoice } from "./invoicing.ts";
import { pauseSubscription, resumeSubscription } from "./pause.ts";
import { releaseSchedule, scheduleOf } from "./schedules.ts";
import { change, endingAt, periodEnd } from "./subscriptions.ts";

type Cancel = Stripe.BillingPortal.Configuration.Features.SubscriptionCancel;
/** Why somebody leaves: one of the configuration's reasons, and words of their own. */
type Reason = { feedback: string | null; comment: string | null };

/** Stripe's reasons in the words of its portal. */
export const reasonLabels: Record<string, string> = {
  customer_service: "Customer service was less than expected",
  low_quality: "Quality was less than expected",
  missing_features: "Some features are missing",
  other: "Other reason",
  switched_service: "I'm switching to a different service",
  too_complex: "Ease of use was less than expected",
  too_expensive: "It's too expensive",
  unused: "I don't use the service enough",
};

/** Ends a plan as the configuration says: at the period's end, or at once. A change that waits is given up. */
export async function cancelPlan(
  work: Work,
  { mode, proration_behavior: prorations, cancellation_reason: asked }: Cancel,
  plan: Subscription,
  given: Reason,
): Promise<void> {
  const reason = asked.enabled
    ? {
        feedback: asked.options.find((option) => option === given.feedback) ?? null,
        comment:
          given.comment
            ?.replace(/\p{Cc}/gu, " ")
            .trim()
            .slice(0, 500) || null,
      }
    : {};
  const subscription = await withoutSchedule(work, plan);
  if (mode === "immediately") {
    const isProrated = prorations !== "none";
    const isInvoiced = prorations === "always_invoice";
    await cancelNow(work, subscription, { details: reason, isProrated, isInvoiced });
    return;
  }
  const ending = endingAt(work, subscription, periodEnd(subscription));
  const details = ending.cancellation_details ?? subscription.cancellation_details;
  await change(work, subscription, {
    ...subscription,
    ...ending,
    cancellation_details: { ...details, ...reason },
  });
}

/** Takes back what waits for the period's end: an ending, or another plan. */
export async function keepPlan(work: Work, plan: Subscription): Promise<void> {
  const subscription = await withoutSchedule(work, plan);
  await change(work, subscription, { ...subscription, ...endingAt(work, subscription, null) });
}

async function withoutSchedule(work: Work, subscription: Subscription): Promise<Subscription> {
  const schedule = await scheduleOf(work, subscription);
  if (!schedule) return subscription;
  await releaseSchedule(work, schedule);
  return work.state.get("subscription", subscription.id);
}

export const isPausable = ({ status, cancel_at, schedule, pending_update }: Subscription): boolean =>
  status === "active" && cancel_at === null && schedule === null && pending_update === null;

/** The time that was paid for and not used is credited. */
export async function pausePlan(work: Work, subscription: Subscription): Promise<void> {
  if (!isPausable(subscription)) throw missingResource("subscription", subscription.id);
  await pauseSubscription(work, subscription, { creditFrom: "now", isInvoiced: false });
}

/** A period begins now, and is charged at once. */
export async function unpausePlan(work: Work, subscription: Subscription): Promise<void> {
  const { invoice } = await resumeSubscription(work, subscription, {
    isAnchorNew: true,
    isOnAttempt: false,
    prorations: "create_prorations",
    prorationDate: work.at,
  });
  if (invoice) await collectOffSession(work, await finalizeInvoice(work, invoice));
}

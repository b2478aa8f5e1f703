import type { Decline } from "../engine/behaviour.ts";
import type { Subscription } from "../engine/billing-types.ts";
import { cardRefused, invalid } from "../engine/errors.ts";
import { emit, update } from "../engine/events.ts";
import type { Invoice, Metadata } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { voidInvoice } from "./close-invoice.ts";
import { collectOffSession } from "./collect.ts";
import { draftInvoice, finalizeInvoice } from "./invoicing.ts";
import { keepForNextInvoice } from "./pending-items.ts";
import { keepPendingUpdate } from "./pending-update.ts";
import type { PlannedChange } from "./plan-change.ts";
import { change as save, trialReminder } from "./subscriptions.ts";

/** What becomes of a change, or of a new subscription, whose payment fails. */
export type PaymentBehavior =
  | "allow_incomplete"
  | "default_incomplete"
  | "error_if_incomplete"
  | "pending_if_incomplete";

/** Makes a planned change: at once, or with `pending_if_incomplete` when it is paid. */
export async function applyChange(
  work: Work,
  subscription: Subscription,
  { after, billables, isInvoiced }: PlannedChange,
  behavior: PaymentBehavior,
  metadata: Metadata | null,
): Promise<Subscription> {
  if (!isInvoiced) {
    await keepForNextInvoice(work, after, billables);
    return change(work, subscription, after);
  }
  const before = await dropPendingUpdate(work, subscription);
  const isPending = behavior === "pending_if_incomplete";
  const draft = await draftInvoice(work, {
    subscription: isPending ? before : after,
    billables,
    reason: "subscription_update",
    period: { start: work.at, end: work.at },
    ...(isPending && { hidden: { isOfPendingUpdate: true } }),
  });
  const changed: Subscription = { ...after, pending_update: null, latest_invoice: draft.id };
  if (!isPending) await change(work, before, changed);
  const invoice = await payFirst(work, await finalizeInvoice(work, draft), behavior);
  if (isPending && invoice.status !== "paid") return keepPendingUpdate(work, before, changed, metadata);
  if (isPending) return change(work, before, changed);
  return work.state.get("subscription", subscription.id);
}

/** Another change takes the place of one that waits: its invoice is void. */
async function dropPendingUpdate(work: Work, subscription: Subscription): Promise<Subscription> {
  if (!subscription.pending_update) return subscription;
  const parent = { subscription_details: { subscription: subscription.id } };
  const waiting = { body: { status: "open", parent }, hidden: { isOfPendingUpdate: true } };
  for (const invoice of await work.state.list("invoice", waiting)) await voidInvoice(work, invoice);
  return work.state.get("subscription", subscription.id);
}

/** The first try of an invoice that somebody's request has made. */
export async function payFirst(work: Work, invoice: Invoice, behavior: PaymentBehavior): Promise<Invoice> {
  if (behavior === "default_incomplete" && invoice.amount_due > 0) return leaveUnpaid(work, invoice);
  const tried = await collectOffSession(work, invoice);
  if (behavior === "error_if_incomplete" && tried.status !== "paid") throw await refusal(work, tried);
  return tried;
}

/** Nothing is tried: the payment is its customer's to confirm. */
async function leaveUnpaid(work: Work, invoice: Invoice): Promise<Invoice> {
  const id = invoice.parent.subscription_details.subscription;
  const subscription = await work.state.get("subscription", id);
  if (subscription.status === "active")
    await update<Subscription>(work, "customer.subscription.updated", subscription, {
      ...subscription,
      status: "past_due",
    });
  return invoice;
}

async function change(work: Work, before: Subscription, after: Subscription): Promise<Subscription> {
  const changed = await save(work, before, after);
  await remindAtOnce(work, changed, before);
  return changed;
}

/** A trial that ends within three days is told of at once, also one that was cut short. */
export async function remindAtOnce(work: Work, subscription: Subscription, before?: Subscription) {
  const { trial_end: end, status } = subscription;
  const reminder = trialReminder(subscription);
  const isOver = before?.status === "trialing" && status !== "trialing";
  if (end === before?.trial_end || (!isOver && (reminder === null || reminder >= work.at))) return;
  await emit(work, "customer.subscription.trial_will_end", subscription);
}

async function refusal({ state }: Work, invoice: Invoice) {
  const [link] = await state.list("invoice_payment", { body: { invoice: invoice.id } });
  if (!link)
    return invalid(
      "This customer has no attached payment source or default payment method.",
      undefined,
      "resource_missing",
    );
  const payment = await state.get("payment_intent", link.payment.payment_intent);
  // Nothing of it is kept: with this behavior a change that is not paid was never made.
  return Object.assign(cardRefused(payment.last_payment_error as Decline, {}), { isRecorded: false });
}

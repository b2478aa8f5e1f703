import type { Hidden, Invoice } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { resumeWith } from "./pause.ts";
import { applyPendingUpdate, expirePendingUpdate } from "./pending-update.ts";
import { planOf, setStatus } from "./plan-status.ts";

/** What waits for the payment of this invoice, beside the status of its plan. */
export const waitingFor = async ({ state }: Work, { id }: Invoice): Promise<Hidden["invoice"]> =>
  (await state.load("invoice", id))?.hidden ?? {};

/** Whether a beginning or a change waits for it, or a resumption that its first try decides. */
export async function isWaitedFor(work: Work, invoice: Invoice): Promise<boolean> {
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  if (isOfPendingUpdate || resumption?.isOnAttempt) return true;
  return (await planOf(work, invoice)).status === "incomplete";
}

/** What a plan does when one of its invoices is paid. */
export async function afterPayment(work: Work, invoice: Invoice): Promise<void> {
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  const plan = await planOf(work, invoice);
  if (isOfPendingUpdate) await applyPendingUpdate(work, plan);
  else if (resumption && plan.status === "paused") await resumeWith(work, plan, resumption, "active");
  else await setStatus(work, invoice, ["incomplete", "past_due", "unpaid"], "active");
}

/** What it does when a payment failed. */
export async function afterFailure(work: Work, invoice: Invoice): Promise<void> {
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  const plan = await planOf(work, invoice);
  if (isOfPendingUpdate) return;
  if (!resumption || plan.status !== "paused") await setStatus(work, invoice, ["active"], "past_due");
  else if (resumption.isOnAttempt) await resumeWith(work, plan, resumption, "past_due");
}

/** What it does when an invoice is not to be paid any more: given up, it lets a plan resume; void, it lets it wait. */
export async function afterClosing(work: Work, invoice: Invoice): Promise<void> {
  const { resumption, isOfPendingUpdate } = await waitingFor(work, invoice);
  const plan = await planOf(work, invoice);
  if (isOfPendingUpdate && invoice.status === "void") await expirePendingUpdate(work, plan);
  else if (resumption && plan.status === "paused" && invoice.status === "uncollectible")
    await resumeWith(work, plan, resumption, "active");
  else if (!isOfPendingUpdate) await setStatus(work, invoice, ["past_due", "unpaid"], "active");
}

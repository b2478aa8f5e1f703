import type { TestClock } from "../engine/billing-types.ts";
import { onClock } from "../engine/clocks.ts";
import type { State } from "../engine/state.ts";
import { attempt } from "../engine/transaction.ts";
import type { Kind } from "../engine/types.ts";
import { ownWork, type Work } from "../engine/work.ts";
import { expireSession } from "./checkout.ts";
import { advanceDispute, openDispute } from "./disputes.ts";
import { settleRefund } from "./refunds.ts";
import { advanceInvoice, advanceSubscription } from "./renewal.ts";
import { advanceSchedule } from "./schedules.ts";
import { settlePayment } from "./settle.ts";
import { deleteTestClock, endAdvance } from "./test-clocks.ts";

/** What time alone does to an object of each kind, at the instant it was due. */
const acts: Partial<Record<Kind, (work: Work, id: string) => Promise<void>>> = {
  charge: openDispute,
  "checkout.session": async (work, id) => {
    await expireSession(work, await work.state.get("checkout.session", id));
  },
  dispute: async (work, id) => advanceDispute(work, await work.state.get("dispute", id)),
  invoice: async (work, id) => advanceInvoice(work, await work.state.get("invoice", id)),
  payment_intent: settlePayment,
  refund: async (work, id) => settleRefund(work, await work.state.get("refund", id)),
  subscription: async (work, id) => advanceSubscription(work, await work.state.get("subscription", id)),
  subscription_schedule: async (work, id) =>
    advanceSchedule(work, await work.state.get("subscription_schedule", id)),
  "test_helpers.test_clock": async (work, id) => {
    await deleteTestClock(work, await work.state.get("test_helpers.test_clock", id));
  },
};

/** Does the first thing that has fallen due, dated at the instant it was due; false when nothing is. */
export async function advanceOnce(state: State, now: number): Promise<boolean> {
  const due = await state.firstDue(now);
  if (!due) return false;
  await act(ownWork(state, due.dueAt), due);
  return true;
}

/** Does what falls due first on a test clock that goes on, or ends its advance. Answers what went wrong, if it did. */
export async function advanceTestClock(state: State, now: number): Promise<unknown> {
  const advancing = { body: { status: "advancing" } };
  const [clock] = await state.list("test_helpers.test_clock", advancing, { limit: 1, oldestFirst: true });
  if (!clock) return undefined;
  const target = clock.status_details.advancing?.target_frozen_time ?? clock.frozen_time;
  const due = await state.on(clock.id).firstDue(target);
  const work = onClock(state, clock, due?.dueAt ?? target, now);
  if (!due) await endAdvance(work, clock, "ready");
  else {
    await state.save<TestClock>({ ...clock, frozen_time: due.dueAt });
    try {
      await attempt(state, () => act(work, due));
    } catch (error) {
      await endAdvance(work, clock, "internal_failure");
      return error;
    }
  }
  return undefined;
}

async function act(work: Work, { kind, id }: { kind: Kind; id: string }): Promise<void> {
  await work.state.setDue(id, null);
  await acts[kind]?.(work, id);
}

import type { TestClock } from "../engine/billing-types.ts";
import { invalid } from "../engine/errors.ts";
import { emit } from "../engine/events.ts";
import { newId } from "../engine/ids.ts";
import { day, nextPeriodEnd, periodFrom } from "../engine/time.ts";
import type { StripeObject } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";
import { deleteCustomer } from "./delete-customer.ts";
import { isOver } from "./subscriptions.ts";

/** How many customers Stripe lets share a clock. */
const room = 3;

export async function createTestClock(
  work: Work,
  frozenTime: number,
  name: string | null,
): Promise<TestClock> {
  const clock: TestClock = {
    id: newId("clock", 24),
    object: "test_helpers.test_clock",
    created: work.now,
    deletes_after: work.now + 30 * day,
    frozen_time: frozenTime,
    livemode: false,
    name,
    status: "ready",
    status_details: {},
  };
  await work.state.insert(clock, {}, clock.deletes_after);
  await emit(work, "test_helpers.test_clock.created", clock);
  return clock;
}

/** Starts an advance; what falls due on the way is done after the answer (`time-passes.ts`). */
export async function advanceTo(work: Work, clock: TestClock, target: number): Promise<TestClock> {
  if (target <= clock.frozen_time)
    throw invalid(
      `The new frozen time must be after the clock's current frozen time (${clock.frozen_time}).`,
      "frozen_time",
    );
  const latest = await latestTarget(work, clock);
  if (target > latest)
    throw invalid(
      `A test clock can be advanced by at most two intervals of its shortest subscription, by two years without one: to ${latest}.`,
      "frozen_time",
    );
  const advancing = await work.state.save<TestClock>({
    ...clock,
    status: "advancing",
    status_details: { advancing: { target_frozen_time: target } },
  });
  await emit(work, "test_helpers.test_clock.advancing", advancing, clock);
  return advancing;
}

/** It is where it was to go, or what fell due on the way could not be done: then the sandbox has a fault. */
export async function endAdvance(
  work: Work,
  clock: TestClock,
  status: "ready" | "internal_failure",
): Promise<void> {
  const ended: TestClock = { ...clock, frozen_time: work.at, status, status_details: {} };
  await work.state.save(ended);
  await emit(work, `test_helpers.test_clock.${status}`, ended, clock);
}

/** A customer may be put on a clock that is there and not full. */
export async function checkRoom({ state }: Work, id: string): Promise<void> {
  const clock = await state.get("test_helpers.test_clock", id, "test_clock");
  const customers = await state.list("customer", { body: { test_clock: clock.id } });
  if (customers.length >= room)
    throw invalid(`A test clock can have at most ${room} customers; ${id} has them.`, "test_clock");
}

/** With its clock a customer is gone, and what he had subscribed to ends. */
export async function deleteTestClock(work: Work, clock: TestClock): Promise<StripeObject> {
  for (const customer of await work.state.list("customer", { body: { test_clock: clock.id } }))
    await deleteCustomer(work, customer.id);
  await work.state.remove(clock.id);
  const deleted = { id: clock.id, object: clock.object, deleted: true };
  await emit(work, "test_helpers.test_clock.deleted", clock);
  return deleted;
}

async function latestTarget({ state }: Work, { id, frozen_time: from }: TestClock): Promise<number> {
  const all = await state.list("subscription", { body: { test_clock: id } });
  const live = all.filter((subscription) => !isOver(subscription));
  const ends = live.flatMap(({ items }) => items.data.map(({ price }) => periodFrom(from, price, 2)));
  return ends.length > 0 ? Math.min(...ends) : nextPeriodEnd(from, from, "year", 2);
}

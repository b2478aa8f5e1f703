import type { TestClock } from "./billing-types.ts";
import { stripeError } from "./errors.ts";
import type { State } from "./state.ts";
import type { Work } from "./work.ts";
import { ownWork } from "./work.ts";

/** The work of an act upon what these ids name: at the time of their test clock, else at the platform's. */
export async function workOn(state: State, now: number, ids: string[], isWrite: boolean): Promise<Work> {
  const item = ids.find((one) => one.startsWith("si_"));
  const owner = item && (await state.ownerOf(item));
  const id = await state.clockOf(owner ? [owner] : ids);
  const clock = id && (await state.find("test_helpers.test_clock", id));
  if (!clock) return ownWork(state, now);
  if (isWrite && clock.status === "advancing")
    throw stripeError(429, {
      type: "invalid_request_error",
      message: "Test clock advancement underway - cannot perform modifications.",
    });
  return onClock(state, clock, clock.frozen_time, now);
}

/** The work of what happens on a test clock at one of its instants. */
export const onClock = (state: State, { id }: TestClock, at: number, now: number): Work => ({
  ...ownWork(state.on(id), at),
  now,
});

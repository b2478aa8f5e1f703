import type { State } from "./state.ts";
import type { List, StripeObject } from "./types.ts";

/**
 * One act inside one transaction: what is known, at which second, and who asked. `now` is the platform's time, by which
 * webhooks go out; on a test clock `at` is another.
 */
export type Work = {
  state: State;
  at: number;
  now: number;
  request: { id: string | null; idempotency_key: string | null };
};

/** An act that no API request asked for: a page, or time. */
export const ownWork = (state: State, at: number): Work => ({
  state,
  at,
  now: at,
  request: { id: null, idempotency_key: null },
});

/** A call of an endpoint, its parameters checked against Stripe's schema. */
export type Call<P> = Work & { path: string; id: string; params: P };
export type Answer = StripeObject | List;

import type { State } from "./state.ts";
import type { List, StripeObject } from "./types.ts";

/** One act inside one transaction: what is known, at which second, and who asked. */
export type Work = {
  state: State;
  at: number;
  request: { id: string | null; idempotency_key: string | null };
};

/** An act that no API request asked for: a page, or time. */
export const ownWork = (state: State, at: number): Work => ({
  state,
  at,
  request: { id: null, idempotency_key: null },
});

/** A call of an endpoint, its parameters checked against Stripe's schema. */
export type Call<P> = Work & { path: string; id: string; params: P };
export type Answer = StripeObject | List;

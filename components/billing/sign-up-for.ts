import type { Route } from "next";

/** Where a visitor signs up, or in, to go on with what was chosen. */
export function signUpFor(choice: { offer: string } | { trial: string }): Route {
  return `/login?mode=sign-up&next=${encodeURIComponent(`/checkout/start?${new URLSearchParams(choice)}`)}`;
}

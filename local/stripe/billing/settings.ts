import { invalid } from "../engine/errors.ts";
import type { StripeObject } from "../engine/types.ts";
import type { Work } from "../engine/work.ts";

/** What Stripe's dashboard lets an account choose for a plan whose last try to collect has failed. */
const lastFailures = ["cancel", "mark_unpaid", "leave_past_due"] as const;
export type LastFailure = (typeof lastFailures)[number];
export type Settings = StripeObject & { last_failure: LastFailure };

const id = "settings";

export async function lastFailure({ state }: Work): Promise<LastFailure> {
  return (await state.find("sandbox.settings", id))?.last_failure ?? "cancel";
}

export async function setLastFailure({ state }: Work, given: string): Promise<Settings> {
  const last_failure = lastFailures.find((one) => one === given);
  if (!last_failure)
    throw invalid(`Invalid last_failure: must be one of ${lastFailures.join(", ")}`, "last_failure");
  const settings: Settings = { id, object: "sandbox.settings", last_failure };
  return (await state.find("sandbox.settings", id)) ? state.save(settings) : state.insert(settings);
}

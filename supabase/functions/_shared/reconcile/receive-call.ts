import type { EventEffect } from "../apply-event.ts";
import type { Env } from "../env.ts";
import { callReceiver } from "../receive-call.ts";
import { type Fixer, fixFindings } from "./fix-findings.ts";
import { reconcile } from "./reconcile.ts";

/** Goes on with a reconciliation, or begins one. */
export function reconciliationReceiver(env: Env, parts: Fixer, effects: EventEffect[]) {
  return callReceiver("stripe-reconcile", env, async (body, isTimeUp) => {
    const call = readCall(body);
    if (!call) return null;
    const done = await reconcile(parts, effects, { since: call.since, isTimeUp });
    const fixed = call.fix === null ? 0 : await fixFindings(parts, effects, call.fix);
    const open = (await parts.books.openFindings(null)).length;
    return { ...done, fixed, open };
  });
}

/** `since` an instant; `fix` the reason for which everything that is found is fixed. */
function readCall(text: string): { since: Date | null; fix: string | null } | null {
  try {
    const { since = null, fix = null, ...others }: Record<string, unknown> = JSON.parse(text || "{}");
    if (Object.keys(others).length > 0 || (fix !== null && typeof fix !== "string")) return null;
    if (since === null) return { since: null, fix };
    const instant = new Date(typeof since === "string" ? since : Number.NaN);
    return Number.isNaN(instant.getTime()) ? null : { since: instant, fix };
  } catch {
    return null;
  }
}

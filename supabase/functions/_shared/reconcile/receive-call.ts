import type { EventEffect } from "../apply-event.ts";
import type { Env } from "../env.ts";
import { failureOf } from "../failure.ts";
import { sha256 } from "../stripe-event.ts";
import { fixFindings } from "./fix-findings.ts";
import type { Auditor } from "./look.ts";
import { reconcile } from "./reconcile.ts";

/** A hosted function has 150 seconds to answer; what is left is for the next call. */
const MOST_MS = 100_000;

/** What a schedule calls, with the project's secret key: goes on with a reconciliation, or begins one. */
export function reconciliationReceiver(env: Env, parts: Omit<Auditor, "now">, effects: EventEffect[]) {
  return async function receive(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method");
    if (!(await isTheKey(request, env.supabaseSecretKey))) return refuse(401, "key");
    const call = await readCall(request);
    if (!call) return refuse(422, "shape");
    const end = Date.now() + MOST_MS;
    try {
      const done = await reconcile(parts, effects, { since: call.since, isTimeUp: () => Date.now() > end });
      const fixed = call.fix === null ? 0 : await fixFindings(parts, effects, call.fix);
      const open = (await parts.books.openFindings(null)).length;
      return Response.json({ ...done, fixed, open });
    } catch (error) {
      const { status, reason } = failureOf(error);
      return refuse(status, reason);
    }
  };
}

/** `since` an instant; `fix` the reason for which everything that is found is fixed. */
async function readCall(request: Request): Promise<{ since: Date | null; fix: string | null } | null> {
  const text = await request.text();
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

/** By their hashes, for how long it takes to compare these says nothing about the key. */
async function isTheKey({ headers }: Request, key: string): Promise<boolean> {
  const given = headers.get("authorization")?.replace(/^Bearer /i, "") ?? headers.get("apikey") ?? "";
  const [one, other] = await Promise.all([given, key].map((text) => sha256(new TextEncoder().encode(text))));
  return one === other;
}

function refuse(status: number, error: string): Response {
  console.log(JSON.stringify({ function: "stripe-reconcile", error }));
  return Response.json({ error }, { status, headers: { allow: "POST" } });
}

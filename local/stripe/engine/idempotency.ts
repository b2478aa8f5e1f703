import { createHash } from "node:crypto";
import { stripeError } from "./errors.ts";
import type { State } from "./state.ts";
import { day, fromUnix } from "./time.ts";

export type Outcome = { status: number; body: object };

/**
 * Runs an act once per key: its outcome, success or refusal, is kept for 24 hours with the parameters that led to it.
 * The lock ends with the transaction, so a crashed request leaves no key in flight.
 */
export async function once(
  { db }: State,
  key: string,
  request: string,
  at: number,
  act: () => Promise<Outcome>,
): Promise<Outcome & { isReplay: boolean }> {
  const lock = await db.query<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('key ' || $1, 0)) held",
    [key],
  );
  if (!lock.rows[0]?.held)
    throw stripeError(409, {
      type: "idempotency_error",
      code: "idempotency_key_in_use",
      message: `There is currently another in-progress request using this Idempotent Key: ${key}`,
    });
  const digest = createHash("sha256").update(request).digest("hex");
  const known = await db.query<Outcome & { request: string }>(
    "select request, status, body from idempotency_keys where key = $1 and created_at > $2",
    [key, fromUnix(at - day)],
  );
  const first = known.rows[0];
  if (first && first.request !== digest)
    throw stripeError(400, {
      type: "idempotency_error",
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (first) return { status: first.status, body: first.body, isReplay: true };
  const outcome = await act();
  await db.query(
    `insert into idempotency_keys (key, request, status, body, created_at) values ($1, $2, $3, $4, $5)
     on conflict (key) do update set request = excluded.request, status = excluded.status, body = excluded.body,
       created_at = excluded.created_at`,
    [key, digest, outcome.status, outcome.body, fromUnix(at)],
  );
  return { ...outcome, isReplay: false };
}

import { addBucket, openAccount } from "./accounts.ts";
import { open, settle } from "./ledger.ts";
import type { Instant } from "./time.ts";
import { type Answer, type Kind, refuse, type World } from "./world.ts";

type Grant = {
  account: string;
  kind: Kind;
  credits: number;
  key: string;
  expiresAt: Instant | null;
  startsAt: Instant | null;
  periodEndsAt: Instant | null;
  priority: number | null;
};

/** Makes a bucket, once per account and key; what decides whether it is the same grant: the amount and the type. */
export function grant(world: World, now: Instant, wanted: Grant): Answer {
  const account = openAccount(world, wanted.account, now);
  settle(account, now);
  const earlier = account.buckets.find((bucket) => bucket.key === wanted.key);
  if (earlier) {
    if (earlier.granted !== wanted.credits || earlier.kind !== wanted.kind) refuse("LCKEY");
    const startsLater = earlier.startsAt > earlier.createdAt;
    const entry = account.entries.find(({ scope, key }) => scope === "grant" && key === wanted.key);
    return answerOf(earlier.id, true, startsLater ? null : (entry?.balanceAfter ?? null));
  }
  const bucket = addBucket(account, {
    kind: wanted.kind,
    granted: wanted.credits,
    key: wanted.key,
    createdAt: now,
    startsAt: Math.max(wanted.startsAt ?? now, now),
    expiresAt: wanted.expiresAt,
    periodEndsAt: wanted.periodEndsAt,
    ...(wanted.priority === null ? {} : { priority: wanted.priority }),
  });
  const entry = bucket.startsAt > now ? null : open(account, bucket);
  settle(account, now);
  return answerOf(bucket.id, false, entry?.balanceAfter ?? null);
}

/** The grant of the API. */
export function addCredits(
  world: World,
  now: Instant,
  wanted: Pick<Grant, "account" | "kind" | "credits" | "key" | "expiresAt">,
): Answer {
  return grant(world, now, { ...wanted, startsAt: null, periodEndsAt: null, priority: null });
}

/** A grant that starts later has no balance to tell, in a replay neither. */
function answerOf(credit_id: number, duplicate: boolean, balance_after: number | null): Answer {
  const message = balance_after === null ? "starts later" : "granted";
  return { success: true, duplicate, credit_id, message, balance_after };
}

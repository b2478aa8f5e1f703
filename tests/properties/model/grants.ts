import { openAccount } from "./accounts.ts";
import { addBucket } from "./ledger.ts";
import { capOf, type RolloverPlan } from "./rollover.ts";
import { settle, start } from "./settle.ts";
import type { Instant } from "./time.ts";
import { type Answer, type Bucket, type Kind, refuse, type World } from "./world.ts";

type Grant = {
  account: string;
  kind: Kind;
  credits: number;
  key: string;
  expiresAt: Instant | null;
} & Partial<{
  startsAt: Instant | null;
  periodEndsAt: Instant | null;
  priority: number | null;
  /** The payment that bought the credits, and how much it was. */
  paymentKey: string | null;
  cost: number | null;
  subscription: string | null;
  plan: RolloverPlan;
}>;

/** Makes a bucket, once per account and key; what decides whether it is the same grant: the amount and the type. */
export function grant(world: World, now: Instant, wanted: Grant): Answer {
  const account = openAccount(world, wanted.account, now);
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
    ...rest(wanted),
  });
  const entry = bucket.startsAt > now ? null : start(account, bucket);
  settle(account, now);
  return answerOf(bucket.id, false, entry?.balanceAfter ?? null);
}

function rest({
  periodEndsAt,
  priority,
  paymentKey,
  cost,
  subscription,
  plan,
  credits,
}: Grant): Partial<Bucket> {
  const { cap, periods } = capOf(plan ?? "t_none", credits);
  return {
    periodEndsAt: periodEndsAt ?? null,
    ...(priority ? { priority } : {}),
    paymentKey: paymentKey ?? null,
    ...(cost != null ? { paidCents: cost, paidCredits: credits, paidCurrency: "usd" } : {}),
    subscription: subscription ?? null,
    rolloverCap: cap,
    rolloverPeriods: periods,
  };
}

/** A grant that starts later has no balance to tell, in a replay neither. */
function answerOf(credit_id: number, duplicate: boolean, balance_after: number | null): Answer {
  const message = balance_after === null ? "starts later" : "granted";
  return { success: true, duplicate, credit_id, message, balance_after };
}

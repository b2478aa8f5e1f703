// What an owner does by hand.
import { mayBeCharged, newAccount, openAccount, visit } from "./accounts.ts";
import { addBucket, balanceOf, frozenOf, post, sharesFor, spendableOf, total } from "./ledger.ts";
import { giveBackHold, settle } from "./settle.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Bucket, refuse, type World } from "./world.ts";

type Adjustment = { account: string; credits: number; key: string; expiresAt: Instant | null };

/** Gives promotional credits, or takes in burn order, all or nothing. */
export function adjust(
  world: World,
  now: Instant,
  { account: id, credits, key, expiresAt }: Adjustment,
): Answer {
  const account = openAccount(world, id, now);
  const earlier = account.entries.find((one) => one.kind === "adjustment" && one.key === `adjustment:${key}`);
  if (earlier && earlier.credits !== credits) refuse("LCKEY");
  if (earlier) return { success: true, balance_after: earlier.balanceAfter, duplicate: true, shortfall: 0 };
  if (expiresAt !== null && expiresAt <= now) refuse("LCGRT");
  const shortfall = -credits - spendableOf(account);
  if (credits < 0 && shortfall > 0)
    return { success: false, balance_after: spendableOf(account), duplicate: false, shortfall };
  const shares =
    credits < 0
      ? sharesFor(account, -credits)
      : [{ bucket: gift(account, credits, expiresAt, now), credits }];
  const entry = post(account, {
    kind: "adjustment",
    at: now,
    shares,
    scope: "system",
    key: `adjustment:${key}`,
  });
  settle(account, now);
  return { success: true, balance_after: entry.balanceAfter, duplicate: false, shortfall: 0 };
}

const gift = (account: Account, granted: number, expiresAt: Instant | null, now: Instant) =>
  addBucket(account, {
    kind: "promotional",
    granted,
    createdAt: now,
    startsAt: now,
    openedAt: now,
    expiresAt,
  }).id;

type OfBucket = { account: string; bucket: number };

function liveBucket(account: Account, id: number, now: Instant): Bucket {
  const bucket = account.buckets[id - 1];
  if (!bucket || bucket.voidedAt !== null) refuse("LCGRT");
  if (bucket.expiresAt !== null && bucket.expiresAt <= now) refuse("LCGRT");
  return bucket;
}

/** Only forward, and only while the credits are there; the same once more is no other wish. */
export function extendExpiry(
  world: World,
  now: Instant,
  { account: id, bucket: number, expiresAt }: OfBucket & { expiresAt: Instant },
): Answer {
  const account = openAccount(world, id, now);
  const bucket = liveBucket(account, number, now);
  const expired_before = bucket.expiresAt;
  if (expired_before === null || expiresAt < expired_before) refuse("LCGRT");
  bucket.expiresAt = expiresAt;
  return { expired_before };
}

type Freeze = { account: string; bucket: number | null; until: Instant | null };

/** A bucket, or all that the account has and gets, until an instant or until told otherwise. */
export function freezeCredits(world: World, now: Instant, { account: id, bucket, until }: Freeze): Answer {
  const account = openAccount(world, id, now);
  const frozen = bucket === null ? account : liveBucket(account, bucket, now);
  frozen.frozenUntil = until ?? Number.POSITIVE_INFINITY;
  return { frozen_credits: frozenOf(account) };
}

export function unfreezeCredits(
  world: World,
  now: Instant,
  { account: id, bucket }: Omit<Freeze, "until">,
): Answer {
  const account = visit(world, id, now);
  if (!account) return { frozen_credits: 0 };
  const frozen = bucket === null ? account : account.buckets[bucket - 1];
  if (frozen) frozen.frozenUntil = null;
  settle(account, now);
  return { frozen_credits: frozenOf(account) };
}

/** Takes what is left of a grant, and by settling whatever comes back to it; one that has not started never does. */
export function voidGrant(world: World, now: Instant, { account: id, bucket: number }: OfBucket): Answer {
  const account = openAccount(world, id, now);
  const voided = account.buckets[number - 1];
  const duplicate = voided !== undefined && voided.voidedAt !== null;
  if (!duplicate) {
    liveBucket(account, number, now).voidedAt = now;
    settle(account, now);
  }
  const entries = account.entries.filter(({ kind }) => kind === "void");
  const taken = total(entries.flatMap(({ shares }) => shares.filter(({ bucket }) => bucket === number)));
  return { voided: 0 - taken, balance_after: balanceOf(account), duplicate };
}

/** Open holds are released; words go, numbers stay; afterwards nothing changes any more. */
export function erase(world: World, now: Instant, { account: id }: { account: string }): Answer {
  if (mayBeCharged(world, id)) refuse("LCSUB");
  const account = world.accounts[id] ?? newAccount(id, now);
  world.accounts[id] = account;
  if (account.erasedAt !== null) return { erased_at: account.erasedAt, duplicate: true };
  settle(account, now);
  account.frozenUntil = Number.POSITIVE_INFINITY;
  for (const { number, state } of account.holds)
    if (state === "open") giveBackHold(account, number, "released", now);
  settle(account, now);
  account.erasedAt = now;
  account.nextClaimAt = Number.POSITIVE_INFINITY;
  return { erased_at: now, duplicate: false };
}

// Money that goes back: refunds take what their payment bought, disputes freeze it, and what is not there is owed.
import { openAccount } from "./accounts.ts";
import { balanceOf, bucketOf, burnOrder, post, spendableOf, total } from "./ledger.ts";
import { reviveIn } from "./reversals.ts";
import { settle } from "./settle.ts";
import type { Instant } from "./time.ts";
import {
  type Account,
  type Answer,
  type Bucket,
  type Claim,
  type Part,
  refuse,
  type Share,
  type World,
} from "./world.ts";

type Claiming = { account: string; claim: string; paymentKey: string; cents: number; paid: number };

/** A refund, or a dispute that was lost: months to come first, then what is unspent; the rest is owed. */
export function clawBack(world: World, now: Instant, claiming: Claiming): Answer {
  const account = openAccount(world, claiming.account, now);
  const earlier = claimOf(account, claiming);
  if (earlier && earlier.state !== "frozen") return answerOf(account, earlier, true);
  const claimed = claimable(account, claiming);
  const claim = earlier ?? newClaim(account, claiming, now);
  thaw(account, claiming.paymentKey);
  Object.assign(claim, { state: "taken", claimed, owed: 0 });
  const withheld = withhold(account, claim, claimed, now);
  claim.owed = claimed - withheld - take(account, claim, claimed - withheld, now);
  settle(account, now);
  return answerOf(account, claim, false);
}

const answerOf = (account: Account, { claimed, owed, state }: Claim, duplicate: boolean): Answer => ({
  claimed,
  debt: owed,
  state,
  balance_after: balanceOf(account),
  duplicate,
});

/** Freezes what is unspent of the disputed share; what comes back later fills it. */
export function dispute(world: World, now: Instant, claiming: Claiming): Answer {
  const account = openAccount(world, claiming.account, now);
  const earlier = claimOf(account, claiming);
  const claim = earlier ?? newClaim(account, claiming, now);
  settle(account, now);
  return { frozen: frozenBy(claim), state: claim.state, duplicate: earlier !== undefined };
}

const frozenBy = ({ state, parts }: Claim) =>
  state === "frozen" ? sum(parts.map(({ credits, gone }) => credits - gone)) : 0;

/** An id stands for one refund or dispute of one payment. */
function claimOf(account: Account, { claim: key, paymentKey, cents }: Claiming): Claim | undefined {
  const claim = account.claims.find((one) => one.key === key);
  if (claim && (claim.paymentKey !== paymentKey || claim.cents !== cents)) refuse("LCKEY");
  return claim;
}

/** As a dispute that has found nothing yet. */
function newClaim(account: Account, claiming: Claiming, now: Instant): Claim {
  const claimed = claimable(account, claiming);
  const { claim: key, paymentKey, cents } = claiming;
  const claim: Claim = {
    key,
    paymentKey,
    cents,
    claimed,
    owed: claimed,
    state: "frozen",
    createdAt: now,
    parts: [],
    revived: 0,
  };
  account.claims.push(claim);
  return claim;
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

const boughtBy = (account: Account, paymentKey: string) =>
  account.buckets.filter((bucket) => bucket.paymentKey === paymentKey);

/** The part of all that the payment bought, with the refunds before; less what is lost anyway, less what was claimed before. */
function claimable(account: Account, { paymentKey, cents, paid }: Claiming): number {
  const bought = boughtBy(account, paymentKey);
  const granted = sum(bought.filter(({ key }) => key !== null).map((bucket) => bucket.granted));
  const before = account.claims.filter((one) => one.paymentKey === paymentKey && one.state === "taken");
  if (granted === 0) refuse("LCGRT");
  const refunded = Math.min(paid, cents + sum(before.map((claim) => claim.cents)));
  const claimedBefore = sum(before.map((claim) => claim.claimed));
  return Math.max(0, Math.floor((granted * refunded) / paid) - lostOf(account, bought) - claimedBefore);
}

/** What has expired or was voided unspent, and did not come back. */
function lostOf(account: Account, bought: Bucket[]): number {
  const ids = new Set(bought.map(({ id }) => id));
  const lost = account.entries
    .filter(({ kind }) => kind === "expiry" || kind === "void")
    .flatMap(({ shares }) => shares.filter(({ bucket }) => ids.has(bucket)));
  const neverStarted = bought.filter(({ openedAt, voidedAt }) => openedAt === null && voidedAt !== null);
  const revived = account.claims.filter(({ paymentKey }) => paymentKey === bought[0]?.paymentKey);
  return (
    -total(lost) +
    sum(neverStarted.map(({ granted, withheld }) => granted - withheld)) -
    sum(revived.map((claim) => claim.revived))
  );
}

/** Disputes of a payment let go of what is still there, and settling freezes it again; what has expired meanwhile stays theirs. */
function thaw(account: Account, paymentKey: string) {
  for (const claim of account.claims) {
    if (claim.paymentKey !== paymentKey || claim.state !== "frozen") continue;
    claim.owed += frozenBy(claim);
    claim.parts = claim.parts.flatMap((part) => (part.gone > 0 ? [{ ...part, credits: part.gone }] : []));
  }
}

/** From grants still to start, the latest first: they will start smaller. */
function withhold(account: Account, claim: Claim, credits: number, now: Instant): number {
  const toCome = boughtBy(account, claim.paymentKey)
    .filter(({ openedAt, voidedAt }) => openedAt === null && voidedAt === null)
    .sort((a, b) => b.startsAt - a.startsAt || b.id - a.id);
  let missing = credits;
  for (const bucket of toCome) {
    const part = Math.min(missing, bucket.granted - bucket.withheld);
    if (part === 0) continue;
    missing -= part;
    bucket.withheld += part;
    claim.parts.push({ bucket: bucket.id, credits: part, gone: 0, at: now, isWithheld: true });
  }
  return credits - missing;
}

/** From what is unspent, in burn order, frozen or not. */
function take(account: Account, claim: Claim, credits: number, now: Instant): number {
  let missing = credits;
  const shares = burnOrder(account).flatMap((bucket): Share[] => {
    if (bucket.paymentKey !== claim.paymentKey) return [];
    const taken = Math.min(bucket.remaining, missing);
    missing -= taken;
    return taken > 0 ? [{ bucket: bucket.id, credits: -taken }] : [];
  });
  if (shares.length > 0)
    post(account, { kind: "clawback", at: now, shares, scope: "system", key: `refund:${claim.key}` });
  return credits - missing;
}

/** A refund failed, or a dispute was won: all is as if it had not been, but that time has passed. */
export function cancelClawBack(
  world: World,
  now: Instant,
  { account: id, claim: key }: Pick<Claiming, "account" | "claim">,
): Answer {
  const account = openAccount(world, id, now);
  const claim = account.claims.find((one) => one.key === key) ?? refuse("LCKEY");
  const balance = () => ({ balance_after: balanceOf(account) });
  if (claim.state === "cancelled") return { returned: 0, ...balance(), duplicate: true };
  const spendable = spendableOf(account);
  thaw(account, claim.paymentKey);
  Object.assign(claim, { state: "cancelled", owed: 0 });
  returnTaken(account, claim, now);
  const restored = returnParts(account, claim, now);
  claim.revived = total(restored.filter(({ isWithheld }) => !isWithheld));
  const shares = restored.toSorted((a, b) => a.bucket - b.bucket).map((part) => reviveIn(account, part, now));
  if (shares.length > 0)
    post(account, { kind: "reversal", at: now, shares, scope: "system", key: `restore:${claim.key}` });
  for (const share of shares) bucketOf(account, share.bucket).openedAt ??= now;
  settle(account, now);
  return { returned: spendableOf(account) - spendable, ...balance(), duplicate: false };
}

/** Grants still to start do so in full. What others have started without comes back now, and what has expired while it was frozen. */
function returnParts(account: Account, { parts }: Claim, now: Instant): Part[] {
  return parts.flatMap((part) => {
    const bucket = bucketOf(account, part.bucket);
    if (bucket.openedAt !== null && bucket.voidedAt !== null) return [];
    if (bucket.startsAt <= now) {
      return [{ ...part, at: Math.max(part.at, bucket.startsAt) }];
    }
    bucket.withheld -= part.credits;
    return [];
  });
}

/** What the claim took, and what was paid on its debt. */
function returnTaken(account: Account, claim: Claim, now: Instant) {
  const taken = account.entries.filter(
    ({ kind, key }) =>
      (kind === "clawback" && key === `refund:${claim.key}`) ||
      (kind === "debt" && key?.slice(0, key.lastIndexOf(":")) === `debt:${claim.key}`),
  );
  for (const { number, shares, at } of taken)
    post(account, {
      kind: "reversal",
      at: now,
      shares: shares.map(({ bucket, credits }) => reviveIn(account, { bucket, credits: -credits, at }, now)),
      scope: "system",
      key: `reversal:${number}`,
      answers: number,
    });
}

// Section 5: buckets, what of them can be spent, burn order, and entries.
import type { Instant } from "./time.ts";
import { type Account, type Bucket, type Claim, type Entry, type Kind, kinds, type Share } from "./world.ts";

export const balanceOf = (account: Account) => account.entries.at(-1)?.balanceAfter ?? 0;

export const total = (shares: Share[]) => shares.reduce((sum, share) => sum + share.credits, 0);

export function bucketOf(account: Account, id: number): Bucket {
  const bucket = account.buckets[id - 1];
  if (!bucket) throw new Error(`the model has no bucket ${id}`);
  return bucket;
}

const priorities = { promotional: 10, subscription: 20, permanent: 30 };

type NewBucket = Pick<Bucket, "kind" | "granted" | "startsAt" | "expiresAt" | "createdAt"> & Partial<Bucket>;

export function addBucket(account: Account, bucket: NewBucket): Bucket {
  const added = {
    key: null,
    priority: priorities[bucket.kind],
    remaining: 0,
    openedAt: null,
    periodEndsAt: null,
    paymentKey: null,
    paidCents: null,
    paidCredits: null,
    paidCurrency: null,
    subscription: null,
    rolloverCap: null,
    rolloverPeriods: null,
    rollovers: 0,
    rolledInto: null,
    withheld: 0,
    frozenUntil: null,
    voidedAt: null,
    ...bucket,
    id: account.buckets.length + 1,
  };
  account.buckets.push(added);
  return added;
}

type Derived = Pick<Bucket, "kind" | "granted" | "expiresAt"> & Partial<Bucket>;

/** The bucket that credits of another move into: it inherits payment and cost, and its place among its kind. */
export function deriveBucket(account: Account, source: Bucket, at: Instant, derived: Derived): Bucket {
  const { priority, paymentKey, paidCents, paidCredits, paidCurrency, subscription } = source;
  return addBucket(account, {
    ...(derived.kind === source.kind ? { priority } : {}),
    paymentKey,
    paidCents,
    paidCredits,
    paidCurrency,
    subscription,
    createdAt: at,
    startsAt: at,
    openedAt: at,
    ...derived,
  });
}

const isFrozen = (account: Account, bucket: Bucket) =>
  account.frozenUntil !== null || bucket.frozenUntil !== null;

/** What a bucket holds and no open dispute has frozen. */
export function undisputedIn(account: Account, bucket: Bucket): number {
  const frozen = account.claims
    .flatMap(({ state, parts }) => (state === "frozen" ? parts : []))
    .filter((part) => part.bucket === bucket.id)
    .reduce((sum, { credits, gone }) => sum + credits - gone, 0);
  return bucket.remaining - frozen;
}

export const frozenIn = (account: Account, bucket: Bucket) =>
  bucket.remaining - (isFrozen(account, bucket) ? 0 : undisputedIn(account, bucket));

/** What can be spent of a bucket; every verb and answer goes by it. */
export const spendableIn = (account: Account, bucket: Bucket) => bucket.remaining - frozenIn(account, bucket);

export const frozenOf = (account: Account) =>
  account.buckets.reduce((sum, bucket) => sum + frozenIn(account, bucket), 0);

export const spendableOf = (account: Account) => balanceOf(account) - frozenOf(account);

/** Refunds that are owed something, or disputes that have not found all; the oldest first. */
export const owing = (account: Account, wanted: Claim["state"] = "taken"): Claim[] =>
  account.claims
    .filter(({ state, owed }) => state === wanted && owed > 0)
    .sort((a, b) => before(a.createdAt - b.createdAt, a.key < b.key ? -1 : 1));

type Posting = Pick<Entry, "kind" | "at" | "shares"> &
  Partial<Pick<Entry, "scope" | "key" | "answers" | "charge" | "costMicros">>;

/** The only way anything changes: an entry is the sum of its shares, never dated before its predecessor. */
export function post(account: Account, posting: Posting): Entry {
  const last = account.entries.at(-1);
  const credits = total(posting.shares);
  const entry: Entry = {
    scope: null,
    key: null,
    answers: null,
    charge: null,
    costMicros: null,
    ...posting,
    number: account.entries.length + 1,
    at: Math.max(posting.at, last?.at ?? 0),
    credits,
    balanceAfter: balanceOf(account) + credits,
  };
  for (const share of posting.shares) bucketOf(account, share.bucket).remaining += share.credits;
  account.entries.push(entry);
  return entry;
}

const forever = Number.POSITIVE_INFINITY;
export const before = (...differences: number[]) => differences.find((difference) => difference !== 0) ?? 0;
export const soonerOf = (a: Instant | null, b: Instant | null) =>
  (a ?? forever) === (b ?? forever) ? 0 : (a ?? forever) - (b ?? forever);

/** Open buckets in burn order: priority, the soonest expiry (never last), kind, age; those frozen as a whole come last. */
export function burnOrder(account: Account): Bucket[] {
  return account.buckets
    .filter((bucket) => bucket.remaining > 0)
    .sort((a, b) =>
      before(
        Number(isFrozen(account, a)) - Number(isFrozen(account, b)),
        a.priority - b.priority,
        soonerOf(a.expiresAt, b.expiresAt),
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
        a.id - b.id,
      ),
    );
}

/** What taking so many credits takes from each bucket. The caller has seen that they are there. */
export function sharesFor(account: Account, credits: number, kind?: Kind): Share[] {
  let missing = credits;
  return burnOrder(account).flatMap((bucket) => {
    if (kind && bucket.kind !== kind) return [];
    const taken = Math.min(spendableIn(account, bucket), missing);
    missing -= taken;
    return taken > 0 ? [{ bucket: bucket.id, credits: -taken }] : [];
  });
}

/** The part of taken shares that gives back so many credits: the last taken first, after skipping as many. */
export function sharesBack<S extends Share>(taken: S[], credits: number, skipped = 0): S[] {
  let toSkip = skipped;
  let missing = credits;
  return [...taken].reverse().flatMap((share) => {
    const untouched = Math.max(0, -share.credits - toSkip);
    toSkip = Math.max(0, toSkip + share.credits);
    const back = Math.min(untouched, missing);
    missing -= back;
    return back > 0 ? [{ ...share, credits: back }] : [];
  });
}

/** What an entry took from a kind of credits, below zero where it gave. */
export function fromKind(account: Account, shares: Share[], kind: Kind): number {
  return 0 - total(shares.filter((share) => bucketOf(account, share.bucket).kind === kind));
}

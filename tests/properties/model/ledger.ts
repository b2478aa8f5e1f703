// Section 5: entries, burn order, and what time alone makes true.
import type { Instant } from "./time.ts";
import { type Account, type Bucket, type Entry, type Kind, kinds, type Share } from "./world.ts";

export const balanceOf = (account: Account) => account.entries.at(-1)?.balanceAfter ?? 0;

export const total = (shares: Share[]) => shares.reduce((sum, share) => sum + share.credits, 0);

export function bucketOf(account: Account, id: number): Bucket {
  const bucket = account.buckets[id - 1];
  if (!bucket) throw new Error(`the model has no bucket ${id}`);
  return bucket;
}

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
const before = (...differences: number[]) => differences.find((difference) => difference !== 0) ?? 0;
const later = (a: Instant | null, b: Instant | null) =>
  (a ?? forever) === (b ?? forever) ? 0 : (a ?? forever) - (b ?? forever);

/** Open buckets in burn order: priority, the soonest expiry (never last), kind, age. */
export function burnOrder(account: Account): Bucket[] {
  return account.buckets
    .filter((bucket) => bucket.remaining > 0)
    .sort((a, b) =>
      before(
        a.priority - b.priority,
        later(a.expiresAt, b.expiresAt),
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
        a.id - b.id,
      ),
    );
}

/** What taking so many credits takes from each bucket. The caller has seen that they are there. */
export function sharesFor(account: Account, credits: number): Share[] {
  let missing = credits;
  return burnOrder(account).flatMap((bucket) => {
    const taken = Math.min(bucket.remaining, missing);
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

type Fact = { at: Instant; rank: number; id: number; happen: () => void };

/** Starts, ends of holds and expiries, due or to come; at one instant in this order, each by id. */
function factsOf(account: Account): Fact[] {
  const starts = account.buckets
    .filter((bucket) => bucket.openedAt === null)
    .map((bucket) => ({ at: bucket.startsAt, rank: 0, id: bucket.id, happen: () => open(account, bucket) }));
  const ends = account.holds
    .filter((hold) => hold.state === "open")
    .map((hold) => ({
      at: hold.endsAt,
      rank: 1,
      id: hold.number,
      happen: () => void giveBackHold(account, hold.number, "timed_out", hold.endsAt),
    }));
  const expiries = account.buckets.flatMap((bucket) =>
    bucket.remaining > 0 && bucket.expiresAt !== null
      ? [{ at: bucket.expiresAt, rank: 2, id: bucket.id, happen: () => expire(account, bucket) }]
      : [],
  );
  return [...starts, ...ends, ...expiries].sort((a, b) => before(a.at - b.at, a.rank - b.rank, a.id - b.id));
}

/** The instants at which something falls due, in order. */
export const dueInstants = (account: Account) => factsOf(account).map((fact) => fact.at);

/** Writes down what time has made true: one due thing after the other, each dated when it fell due. */
export function settle(account: Account, now: Instant) {
  for (;;) {
    const [fact] = factsOf(account);
    if (!fact || fact.at > now) return;
    fact.happen();
  }
}

export function open(account: Account, bucket: Bucket): Entry {
  const entry = post(account, {
    kind: "grant",
    at: bucket.startsAt,
    shares: [{ bucket: bucket.id, credits: bucket.granted }],
    scope: "grant",
    key: bucket.key,
  });
  bucket.openedAt = entry.at;
  return entry;
}

function expire(account: Account, bucket: Bucket) {
  post(account, {
    kind: "expiry",
    at: bucket.expiresAt ?? forever,
    shares: [{ bucket: bucket.id, credits: -bucket.remaining }],
  });
}

/** An open hold ends and gives back everything. */
export function giveBackHold(
  account: Account,
  number: number,
  state: "released" | "timed_out",
  at: Instant,
): Entry {
  const hold = account.holds.find((one) => one.number === number);
  const taken = account.entries[number - 1];
  if (!hold || !taken) throw new Error(`the model has no hold ${number}`);
  hold.state = state;
  return post(account, {
    kind: "release",
    at,
    shares: sharesBack(taken.shares, hold.held),
    scope: "system",
    key: `release:${number}`,
    answers: number,
  });
}

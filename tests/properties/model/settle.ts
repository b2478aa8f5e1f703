// What time alone makes true, and what has to be done before anything else.
import { before, owing, post, sharesBack, undisputedIn } from "./ledger.ts";
import { rollOver } from "./rollover.ts";
import type { Instant } from "./time.ts";
import type { Account, Bucket, Claim, Entry } from "./world.ts";

type Fact = { at: Instant; rank: number; id: number; happen: (at: Instant) => void };

/** Writes down what time has made true: one due thing after the other, each dated when it fell due, or when an act made it so. */
export function settle(account: Account, now: Instant) {
  let since = now;
  while (account.erasedAt === null) {
    const [fact] = factsOf(account);
    if (!fact || fact.at > now) return;
    if (fact.at !== atOnce) since = fact.at;
    fact.happen(since);
  }
}

/** The instants at which something falls due, in order. */
export const dueInstants = (account: Account) =>
  account.erasedAt === null
    ? factsOf(account)
        .map(({ at }) => at)
        .filter(Number.isFinite)
    : [];

/** Due or to come; at one instant in this order, each by id. */
function factsOf(account: Account): Fact[] {
  const facts = [voids, debts, freezes, starts, releases, thaws, expiries].flatMap((factsOfKind, rank) =>
    factsOfKind(account).map((fact) => ({ rank, ...fact })),
  );
  return facts.sort((a, b) => before(a.at - b.at, a.rank - b.rank, a.id - b.id));
}

type FactsOfKind = (account: Account) => Omit<Fact, "rank">[];

/** Before anything else. */
const atOnce = 0;

const voids: FactsOfKind = (account) =>
  account.buckets
    .filter(({ voidedAt, remaining }) => voidedAt !== null && remaining > 0)
    .map((bucket) => ({
      at: atOnce,
      id: bucket.id,
      happen: (at) => takeAll(account, bucket, "void", at),
    }));

/** What comes back to a bucket of a refunded payment pays that debt. */
const debts: FactsOfKind = (account) =>
  owing(account).flatMap((claim) =>
    account.buckets
      .filter((bucket) => bucket.paymentKey === claim.paymentKey && undisputedIn(account, bucket) > 0)
      .map((bucket) => ({
        at: atOnce,
        id: bucket.id,
        happen: (at) => payDebt(account, claim, bucket, undisputedIn(account, bucket), at),
      })),
  );

/** What comes back to a bucket of a disputed payment is frozen, until the dispute has its share. */
const freezes: FactsOfKind = (account) =>
  owing(account, "frozen").flatMap((claim) =>
    account.buckets
      .filter((bucket) => bucket.paymentKey === claim.paymentKey && undisputedIn(account, bucket) > 0)
      .map((bucket) => ({ at: atOnce, id: bucket.id, happen: (at) => freeze(account, claim, bucket, at) })),
  );

const starts: FactsOfKind = (account) =>
  account.buckets
    .filter(({ openedAt, voidedAt }) => openedAt === null && voidedAt === null)
    .filter(({ granted, withheld }) => granted > withheld)
    .map((bucket) => ({ at: bucket.startsAt, id: bucket.id, happen: () => void start(account, bucket) }));

const releases: FactsOfKind = (account) =>
  account.holds
    .filter(({ state }) => state === "open")
    .map(({ endsAt, number }) => ({
      at: endsAt,
      id: number,
      happen: () => void giveBackHold(account, number, "timed_out", endsAt),
    }));

const thaws: FactsOfKind = (account) =>
  [account, ...account.buckets].flatMap((frozen, id) =>
    frozen.frozenUntil === null
      ? []
      : [
          {
            at: frozen.frozenUntil,
            id,
            happen: () => {
              frozen.frozenUntil = null;
            },
          },
        ],
  );

const expiries: FactsOfKind = (account) =>
  account.buckets.flatMap((bucket) =>
    bucket.remaining > 0 && bucket.expiresAt !== null
      ? [
          {
            at: bucket.expiresAt,
            id: bucket.id,
            happen: (at: Instant) => takeAll(account, bucket, "expiry", at),
          },
        ]
      : [],
  );

function takeAll(account: Account, bucket: Bucket, kind: "void" | "expiry", at: Instant) {
  post(account, { kind, at, shares: [{ bucket: bucket.id, credits: -bucket.remaining }] });
  for (const part of account.claims.flatMap(({ parts }) => parts))
    if (part.bucket === bucket.id) part.gone = part.credits;
}

/** A grant enters the ledger, less what was withheld (never, where that is all); what was paid for pays debts, then comes what is left of earlier periods. */
export function start(account: Account, bucket: Bucket): Entry {
  const entry = post(account, {
    kind: "grant",
    at: bucket.startsAt,
    shares: [{ bucket: bucket.id, credits: bucket.granted - bucket.withheld }],
    scope: "grant",
    key: bucket.key,
  });
  bucket.openedAt = entry.at;
  if (bucket.paymentKey !== null)
    for (const claim of owing(account)) payDebt(account, claim, bucket, bucket.remaining, entry.at);
  rollOver(account, bucket);
  return entry;
}

function payDebt(account: Account, claim: Claim, bucket: Bucket, most: number, at: Instant) {
  const paid = Math.min(claim.owed, most);
  if (paid === 0) return;
  const number = account.entries.length;
  claim.owed -= paid;
  post(account, {
    kind: "debt",
    at,
    shares: [{ bucket: bucket.id, credits: -paid }],
    scope: "system",
    key: `debt:${claim.key}:${number}`,
    answers: number,
  });
}

function freeze(account: Account, claim: Claim, bucket: Bucket, at: Instant) {
  const credits = Math.min(claim.owed, undisputedIn(account, bucket));
  claim.owed -= credits;
  const part = claim.parts.find((one) => one.bucket === bucket.id);
  if (part) part.credits += credits;
  else claim.parts.push({ bucket: bucket.id, credits, gone: 0, at, isWithheld: false });
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

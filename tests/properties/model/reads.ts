import { look } from "./accounts.ts";
import { burnOrder, fromKind, sharesFor, spendableIn, spendableOf } from "./ledger.ts";
import { priceOf } from "./operations.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Bucket, kinds, type Params, refuse, type World } from "./world.ts";

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const soonest = (instants: (Instant | null)[]) => {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** get_user_credits. */
export function read(world: World, now: Instant, id: string): Answer {
  const account = look(world, id, now);
  const spendable = (bucket: Bucket) => (account ? spendableIn(account, bucket) : 0);
  const buckets = account ? burnOrder(account).filter((bucket) => spendable(bucket) > 0) : [];
  const left = (some: Bucket[]) => sum(some.map(spendable));
  const ofKind = kinds.map((kind) => [`${kind}_credits`, left(buckets.filter((one) => one.kind === kind))]);
  const next = soonest(buckets.map(({ expiresAt }) => expiresAt));
  return {
    total: left(buckets),
    ...Object.fromEntries(ofKind),
    held_credits: sum(account?.holds.filter(({ state }) => state === "open").map(({ held }) => held) ?? []),
    subscription_expire_at: soonest(periodEnds(buckets).filter((at) => at > now)),
    next_expiry_at: next,
    next_expiry_credits: next === null ? 0 : left(buckets.filter(({ expiresAt }) => expiresAt === next)),
    as_of: now,
  };
}

/** Pages show the end of the paid period, never the grace. */
function periodEnds(buckets: Bucket[]): Instant[] {
  return buckets
    .filter(({ kind }) => kind === "subscription")
    .map(({ periodEndsAt, expiresAt }) => periodEndsAt ?? expiresAt)
    .filter((at) => at !== null);
}

/** What there was once all that happened at an instant had happened. Nobody knows the future. */
export function balanceAt(world: World, now: Instant, id: string, at: Instant): Answer {
  const account = look(world, id, now);
  if (at > now) refuse("LCASK");
  const last = account?.entries.findLast((entry) => entry.at <= at);
  return { balance: last?.balanceAfter ?? 0 };
}

/** quote_credits, without the way out. */
export function quote(world: World, now: Instant, id: string, operation: string, params: Params): Answer {
  const { credits, version } = priceOf({ operation, params }, now);
  const account = look(world, id, now);
  const balance = account ? spendableOf(account) : 0;
  const suffices = balance >= credits;
  return {
    price: credits,
    price_version: version,
    ...whoPays(account, suffices ? credits : 0),
    balance,
    left_after: suffices ? balance - credits : null,
    shortfall: suffices ? 0 : credits - balance,
  };
}

function whoPays(account: Account | undefined, credits: number): Answer {
  const shares = account ? sharesFor(account, credits) : [];
  return {
    ...Object.fromEntries(
      kinds.map((kind) => [`from_${kind}`, account ? fromKind(account, shares, kind) : 0]),
    ),
    bucket_ids: shares.map(({ bucket }) => bucket),
    bucket_credits: shares.map(({ credits }) => -credits),
  };
}

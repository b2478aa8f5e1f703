import { enter } from "./accounts.ts";
import { balanceOf, burnOrder, fromKind, sharesFor } from "./ledger.ts";
import { priceOf } from "./operations.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Bucket, kinds, type Params, type World } from "./world.ts";

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
const soonest = (instants: (Instant | null)[]) => {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.min(...known) : null;
};

/** get_user_credits. */
export function read(world: World, now: Instant, id: string): Answer {
  const account = enter(world, id, now);
  const buckets = account ? burnOrder(account) : [];
  const left = (some: Bucket[]) => sum(some.map(({ remaining }) => remaining));
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

/** quote_credits, without the way out. */
export function quote(world: World, now: Instant, id: string, operation: string, params: Params): Answer {
  const { credits, version } = priceOf({ operation, params });
  const account = enter(world, id, now);
  const balance = account ? balanceOf(account) : 0;
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

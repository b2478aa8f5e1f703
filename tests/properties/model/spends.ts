import { enter, visit } from "./accounts.ts";
import { checkCaps } from "./caps.ts";
import { fromKind, post, sharesFor, spendableOf } from "./ledger.ts";
import { isSameWork, priceOf, type Work } from "./operations.ts";
import { reversedOf } from "./reversals.ts";
import { settle } from "./settle.ts";
import type { Instant } from "./time.ts";
import { type Account, type Answer, type Entry, refuse, type World } from "./world.ts";

/** What a verb takes, by amount or for work, and in whose name: a member's keys and the server's are apart. */
export type Taking = {
  kind: "spend" | "hold";
  account: string;
  wanted: number | Work;
  key: string;
  by: "server" | "member";
  costMicros: number | null;
};

type Taken =
  | { account: Account; entry: Entry; duplicate: boolean }
  | { account: undefined; entry: null; credits: number; version: number | null; balance: number };

/** Takes credits in burn order, all or nothing, once per key. A replay answers the first result, whatever it costs now. */
export function take(world: World, now: Instant, taking: Taking): Taken {
  const { wanted, key } = taking;
  const account = comeIn(world, now, taking);
  const earlier = account && replay(account, taking);
  if (account && earlier) return { account, entry: earlier, duplicate: true };
  const { credits, version } =
    typeof wanted === "number" ? { credits: wanted, version: null } : priceOf(wanted, now);
  const balance = account ? spendableOf(account) : 0;
  if (!account || balance < credits) return { account: undefined, entry: null, credits, version, balance };
  const entry = post(account, {
    kind: taking.kind,
    at: now,
    shares: sharesFor(account, credits),
    scope: scopeOf(taking),
    key,
    charge: typeof wanted === "number" || version === null ? null : { ...wanted, priceVersion: version },
    costMicros: taking.costMicros,
  });
  checkCaps(world, account, entry);
  settle(account, now);
  return { account, entry, duplicate: false };
}

/** A replay by operation is known before anything is priced: a spend's settles nothing then, a hold's claims no free month. */
function comeIn(world: World, now: Instant, taking: Taking): Account | undefined {
  const known = world.accounts[taking.account];
  if (typeof taking.wanted === "number" || !known || !replay(known, taking))
    return enter(world, taking.account, now);
  return taking.kind === "hold" ? visit(world, taking.account, now) : known;
}

const scopeOf = ({ by }: Taking) => (by === "member" ? "member" : "spend");

/** A key stands for one verb with the same arguments, and for nothing once all it took was given back. */
function replay(account: Account, taking: Taking): Entry | undefined {
  const { kind, wanted, key } = taking;
  const entry = account.entries.find((one) => one.scope === scopeOf(taking) && one.key === key);
  if (!entry) return undefined;
  if (entry.kind !== kind || !isSame(entry, wanted)) refuse("LCKEY");
  if (reversedOf(account, entry).left === 0) refuse("LCKEY");
  return entry;
}

function isSame({ charge, credits }: Entry, wanted: number | Work): boolean {
  if (typeof wanted === "number") return charge === null && -credits === wanted;
  return charge !== null && isSameWork(charge, wanted);
}

/** deduct_credits_atomic, and consume_credits, which adds the price version. */
export function spend(world: World, now: Instant, taking: Omit<Taking, "kind">): Answer {
  const taken = take(world, now, { ...taking, kind: "spend" });
  const versionOf = (version: number | null | undefined) =>
    typeof taking.wanted === "number" ? {} : { price_version: version };
  if (taken.entry === null) {
    const { credits, balance, version } = taken;
    return { ...nothing, balance_after: balance, shortfall: credits - balance, ...versionOf(version) };
  }
  const { account, entry, duplicate } = taken;
  return {
    success: true,
    deducted: -entry.credits,
    from_promotional: fromKind(account, entry.shares, "promotional"),
    from_subscription: fromKind(account, entry.shares, "subscription"),
    from_permanent: fromKind(account, entry.shares, "permanent"),
    balance_after: entry.balanceAfter,
    duplicate,
    shortfall: 0,
    ...versionOf(entry.charge?.priceVersion),
  };
}

type Item = { account: string; credits: number; key: string };

/** deduct_many: each item as alone, in their order; one that could never be charged stops all. */
export function spendMany(world: World, now: Instant, items: Item[]): Answer {
  for (const account of items.map((item) => item.account).sort()) enter(world, account, now);
  const answers = items.map((item) =>
    spend(world, now, { ...item, wanted: item.credits, by: "server", costMicros: null }),
  );
  return { items: answers };
}

const nothing = {
  success: false,
  deducted: 0,
  from_promotional: 0,
  from_subscription: 0,
  from_permanent: 0,
  duplicate: false,
};

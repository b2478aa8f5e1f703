// What is left of a subscription's earlier periods moves on with its last grant, up to that grant's cap.
import { before, burnOrder, deriveBucket, post, soonerOf, spendableIn } from "./ledger.ts";
import type { Account, Bucket, Share } from "./world.ts";

export type Plan = { most?: number; percent?: number; periods?: number };

/** What plans say of rollover, none aside: all that is left, or up to an amount and a percentage. */
export const rollovers = {
  t_none: null,
  t_all: {},
  t_amount: { most: 40 },
  t_half: { percent: 50 },
  t_once: { most: 60, percent: 150, periods: 1 },
  t_twice: { percent: 200, periods: 2 },
} satisfies Record<string, Plan | null>;

export type RolloverPlan = keyof typeof rollovers;

/** How much may move on with a grant of so many credits. */
export function capOf(name: RolloverPlan, credits: number): { cap: number | null; periods: number | null } {
  const plan: Plan | null = rollovers[name];
  if (plan === null) return { cap: null, periods: null };
  const part = plan.percent === undefined ? everything : Math.floor((credits * plan.percent) / 100);
  return { cap: Math.min(plan.most ?? everything, part), periods: plan.periods ?? null };
}

/** As many as there can be. */
const everything = Number(2n ** 63n);

export function rollOver(account: Account, started: Bucket) {
  const target = lastGrantOf(account, started);
  if (!target || target.rolloverCap === null) return;
  let room = target.rolloverCap - rolledInto(account, target);
  const moved = sourcesOf(account, target).flatMap((source): Share[] => {
    const credits = Math.min(room, spendableIn(account, source));
    room -= credits;
    if (credits <= 0) return [];
    const bucket = deriveBucket(account, source, account.entries.at(-1)?.at ?? 0, {
      kind: source.kind,
      granted: credits,
      expiresAt: target.expiresAt,
      periodEndsAt: target.periodEndsAt,
      rollovers: source.rollovers + 1,
      rolledInto: target.id,
    });
    return [
      { bucket: source.id, credits: -credits },
      { bucket: bucket.id, credits },
    ];
  });
  if (moved.length > 0) post(account, { kind: "rollover", at: 0, shares: moved });
}

/** Of the grants of the same subscription that have started, the one whose period ends last. */
function lastGrantOf(account: Account, { subscription }: Bucket): Bucket | undefined {
  if (subscription === null) return undefined;
  return account.buckets
    .filter((one) => one.subscription === subscription && one.kind === "subscription" && one.key !== null)
    .filter((one) => one.openedAt !== null && one.voidedAt === null)
    .sort((a, b) => before(soonerOf(endOf(b), endOf(a)), a.id - b.id))[0];
}

const endOf = ({ periodEndsAt, expiresAt }: Bucket) => periodEndsAt ?? expiresAt;

const rolledInto = (account: Account, target: Bucket) =>
  account.buckets.filter((one) => one.rolledInto === target.id).reduce((sum, one) => sum + one.granted, 0);

/** In burn order. */
function sourcesOf(account: Account, target: Bucket): Bucket[] {
  const times = target.rolloverPeriods ?? Number.POSITIVE_INFINITY;
  return burnOrder(account).filter(
    (one) =>
      one.kind === "subscription" &&
      one.subscription === target.subscription &&
      one.id !== target.id &&
      soonerOf(endOf(one), endOf(target)) < 0 &&
      soonerOf(one.expiresAt, target.expiresAt) < 0 &&
      one.rollovers < times,
  );
}

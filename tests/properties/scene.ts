// What a wish means where the model stands: how much "all there is" is, when the next thing falls due, which key is an old one.
import { newAccount } from "./model/accounts.ts";
import { balanceOf, burnOrder } from "./model/ledger.ts";
import { dueInstants, settle } from "./model/settle.ts";
import type { Instant } from "./model/time.ts";
import { copyOf, type World } from "./model/world.ts";
import type { Step } from "./steps.ts";
import type { Credits, Moment, WishedClaim } from "./wishes.ts";

export type Scene = ReturnType<typeof sceneOf>;

/** The n-th of these from the end, or the last but fewer. */
export const fromEnd = <T>(list: T[], place: number) =>
  list[list.length - 1 - (place % Math.max(1, list.length))];

/** The account as the next call will find it, after these steps. */
export function sceneOf(world: World, name: string, steps: Step[], now: Instant) {
  const account = copyOf(world).accounts[name] ?? newAccount(name, now);
  settle(account, now);
  const nth = steps.length + 1;
  const used = steps.flatMap((step) => (step.account === name && "key" in step ? [step.key] : []));
  const payments = account.buckets.flatMap(({ paymentKey }) => paymentKey ?? []);
  const oldOr = (list: string[], place: number | null, other: string) =>
    (place === null ? undefined : fromEnd(list, place)) ?? other;

  const momentOf = (moment: Moment): Instant =>
    (moment.after === "now" ? now : (dueInstants(account)[moment.after] ?? now)) + moment.by;

  function creditsOf(wished: Credits): number {
    if (wished.of === "nothing") return Math.abs(wished.plus);
    const there = wished.of === "balance" ? balanceOf(account) : (burnOrder(account)[0]?.remaining ?? 0);
    return Math.max(0, there + Math.min(wished.plus, 1));
  }

  function holdKey(place: number | null): string {
    const open = account.holds.filter(({ state }) => state === "open");
    const holds = place === null && open.length > 0 ? open : account.holds;
    const hold = fromEnd(holds, place ?? 0);
    return (hold && account.entries[hold.number - 1]?.key) ?? oldOr(used, place ?? 0, "none");
  }

  function takenKey(place: number): string {
    const taken = account.entries.filter(({ kind }) => kind === "spend" || kind === "hold");
    return fromEnd(taken, place)?.key ?? oldOr(used, place, "none");
  }

  /** The place of a bucket, the last first; 0 is none. */
  const placeOf = (place: number) => account.buckets.length - (place % (account.buckets.length + 1));

  function periodsEnd(subscription: string): Instant {
    const periods = account.buckets.filter((one) => one.subscription === subscription);
    return Math.max(now, ...periods.map(({ periodEndsAt }) => periodEndsAt ?? 0));
  }

  /** An earlier claim once more, or a new one on a payment of the account; none without a payment. */
  function claimOf({ earlier, payment, cents, isOther }: WishedClaim) {
    const claim = earlier === null ? undefined : fromEnd(account.claims, earlier);
    if (claim && !isOther)
      return { claim: claim.key, paymentKey: claim.paymentKey, cents: claim.cents, paid: 100 };
    const paymentKey = fromEnd([...new Set(payments)], payment);
    return paymentKey === undefined
      ? undefined
      : { claim: claim?.key ?? `re${nth}`, paymentKey, cents, paid: 100 };
  }

  /** About the hold's size; or with as much overrun as was declared, but for that about as much as there is. */
  function captureOf(wished: Credits, key: string): number {
    const hold = account.holds.find(({ number }) => account.entries[number - 1]?.key === key);
    if (!hold || wished.of === "nothing") return Math.abs(wished.plus);
    const more = Math.min(wished.plus, 1);
    if (wished.of === "first bucket") return Math.max(0, hold.held + more);
    return hold.held + Math.max(0, Math.min(hold.overrun, balanceOf(account) + more));
  }

  return {
    account,
    steps,
    now,
    nth,
    momentOf,
    at: (moment: Moment | null) => (moment === null ? null : momentOf(moment)),
    creditsOf,
    keyOf: (place: number | null) => oldOr(used, place, `k${nth}`),
    holdKey,
    takenKey,
    paymentOf: (place: number | null) => oldOr(payments, place, `pay${nth}`),
    placeOf,
    bucketOf: (place: number | null) => (place === null ? null : placeOf(place)),
    periodsEnd,
    claimOf,
    captureOf,
  };
}

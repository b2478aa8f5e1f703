// Wishes become steps: the model says what there is to spend, to capture, and when something falls due.

import { balanceOf, burnOrder, dueInstants, settle } from "./model/ledger.ts";
import { perform } from "./model/perform.ts";
import { day, type Instant } from "./model/time.ts";
import { type Account, copyOf, newWorld } from "./model/world.ts";
import { people } from "./people.ts";
import type { Step } from "./steps.ts";
import type { Credits, Moment, Wish } from "./wishes.ts";

type Life = { begins: Instant; wishes: Wish[] };

/** The concrete steps of a life. They are all that has to be kept of it. */
export function stepsOf({ begins, wishes }: Life): Step[] {
  const steps: Step[] = [];
  let world = newWorld(people);
  let now = begins;
  for (const wish of wishes) {
    const account = settled(world.accounts[wish.account], now);
    if (wish.verb === "move") {
      now = Math.max(now, momentOf(wish.to, account, now));
      continue;
    }
    const step = stepOf(wish, account, steps, now);
    if (!step) continue;
    steps.push(step);
    world = perform(world, step).world;
  }
  return steps;
}

/** The account as the next call will find it. */
function settled(account: Account | undefined, now: Instant): Account {
  const nobody = { id: "", openedAt: now, nextClaimAt: now, buckets: [], entries: [], holds: [] };
  const world = copyOf({ users: {}, accounts: { it: account ?? nobody }, freeUntil: {} });
  const copy = world.accounts.it ?? nobody;
  settle(copy, now);
  return copy;
}

function momentOf(moment: Moment, account: Account, now: Instant): Instant {
  const from = moment.after === "now" ? now : (dueInstants(account)[moment.after] ?? now);
  return from + moment.by;
}

const atOrNull = (moment: Moment | null, account: Account, now: Instant) =>
  moment === null ? null : momentOf(moment, account, now);

function creditsOf(wished: Credits, account: Account): number {
  if (wished.of === "nothing") return Math.abs(wished.plus);
  const there = wished.of === "balance" ? balanceOf(account) : (burnOrder(account)[0]?.remaining ?? 0);
  return Math.max(0, there + Math.min(wished.plus, 1));
}

/** The n-th of these from the end, or the last but fewer. */
const fromEnd = <T>(list: T[], place: number) => list[list.length - 1 - (place % Math.max(1, list.length))];

function stepOf(
  wish: Exclude<Wish, { verb: "move" }>,
  account: Account,
  steps: Step[],
  now: Instant,
): Step | undefined {
  const base = { account: wish.account, at: now };
  const used = steps.flatMap((step) => (step.account === wish.account && "key" in step ? [step.key] : []));
  const keyOf = (place: number | null) =>
    (place === null ? undefined : fromEnd(used, place)) ?? `k${steps.length + 1}`;
  const holdKey = (place: number | null) => {
    const open = account.holds.filter(({ state }) => state === "open");
    const holds = place === null && open.length > 0 ? open : account.holds;
    const hold = fromEnd(holds, place ?? 0);
    return (hold && account.entries[hold.number - 1]?.key) ?? fromEnd(used, place ?? 0) ?? "none";
  };
  switch (wish.verb) {
    case "grant": {
      const { kind, credits, priority } = wish;
      const startsAt = atOrNull(wish.startsAt, account, now);
      const expiresAt = atOrNull(wish.expiresAt, account, now);
      const periodEndsAt = atOrNull(wish.periodEndsAt, account, now);
      return {
        ...base,
        verb: "grant",
        kind,
        credits,
        key: keyOf(wish.key),
        startsAt,
        expiresAt,
        periodEndsAt,
        priority,
      };
    }
    case "add": {
      const { kind, credits } = wish;
      return {
        ...base,
        verb: "add",
        kind,
        credits,
        key: keyOf(wish.key),
        expiresAt: atOrNull(wish.expiresAt, account, now),
      };
    }
    case "deduct":
      return { ...base, verb: "deduct", credits: creditsOf(wish.credits, account), key: keyOf(wish.key) };
    case "consume": {
      const costMicros = wish.by === "member" ? null : wish.costMicros;
      return { ...base, ...wish.work, verb: "consume", key: keyOf(wish.key), by: wish.by, costMicros };
    }
    case "hold": {
      const credits = creditsOf(wish.credits, account);
      return { ...base, verb: "hold", credits, key: keyOf(wish.key), ...termsOf(wish) };
    }
    case "place hold": {
      return {
        ...base,
        ...wish.work,
        verb: "place hold",
        key: keyOf(wish.key),
        by: wish.by,
        ...termsOf(wish),
      };
    }
    case "capture": {
      const key = holdKey(wish.which);
      const credits = wish.credits && captureOf(wish.credits, account, key);
      return { ...base, verb: "capture", key, credits, costMicros: wish.costMicros };
    }
    case "release":
      return { ...base, verb: "release", key: holdKey(wish.which) };
    case "extend":
      return { ...base, verb: "extend", key: holdKey(wish.which), ttl: wish.ttl };
    case "reverse": {
      const taken = account.entries.filter(({ kind }) => kind === "spend" || kind === "hold");
      const key = fromEnd(taken, wish.which)?.key ?? fromEnd(used, wish.which) ?? "none";
      const credits = wish.credits && Math.abs(wish.credits.plus);
      const reversalKey = wish.reversalKey === null ? null : `part ${wish.reversalKey}`;
      return { ...base, verb: "reverse", key, credits, reversalKey };
    }
    case "read":
      return { ...base, verb: "read" };
    case "quote":
      return { ...base, ...wish.work, verb: "quote" };
    case "sweep":
      return { ...base, verb: "sweep", batch: wish.batch };
    case "again": {
      const step = fromEnd(steps, wish.which);
      if (!step) return undefined;
      const more = wish.more === null || !("credits" in step) ? {} : { credits: (step.credits ?? 0) + 1 };
      return { ...step, ...more, at: now };
    }
  }
}

/** A replay may answer before it looks at these: with an old key they are always sound. */
function termsOf({ key, ttl, overrun }: Extract<Wish, { verb: "hold" | "place hold" }>) {
  return key === null
    ? { ttl, overrun }
    : { ttl: Math.min(Math.max(ttl, 1), day), overrun: Math.max(0, overrun) };
}

/** About the hold's size; or with as much overrun as was declared, but for that about as much as there is. */
function captureOf(wished: Credits, account: Account, key: string): number {
  const hold = account.holds.find(({ number }) => account.entries[number - 1]?.key === key);
  if (!hold || wished.of === "nothing") return Math.abs(wished.plus);
  const more = Math.min(wished.plus, 1);
  if (wished.of === "first bucket") return Math.max(0, hold.held + more);
  return hold.held + Math.max(0, Math.min(hold.overrun, balanceOf(account) + more));
}

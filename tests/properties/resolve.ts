// Wishes become steps: the model says what there is to spend, to capture, and when something falls due.

import { newAccount } from "./model/accounts.ts";
import { balanceOf, burnOrder } from "./model/ledger.ts";
import { perform } from "./model/perform.ts";
import { dueInstants, settle } from "./model/settle.ts";
import { day, hour, type Instant } from "./model/time.ts";
import { type Account, copyOf, newWorld, type World } from "./model/world.ts";
import { people } from "./people.ts";
import type { Step } from "./steps.ts";
import type { Credits, Moment, Wish, WishedClaim } from "./wishes.ts";

type Life = { begins: Instant; wishes: Wish[] };

/** The concrete steps of a life. They are all that has to be kept of it. */
export function stepsOf({ begins, wishes }: Life): Step[] {
  const steps: Step[] = [];
  let world = newWorld(people);
  let now = begins;
  for (const wish of wishes) {
    const account = settled(world, wish.account, now);
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
function settled(world: World, id: string, now: Instant): Account {
  const account = copyOf(world).accounts[id] ?? newAccount(id, now);
  settle(account, now);
  return account;
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
  const paymentOf = (place: number | null) => {
    const payments = account.buckets.flatMap(({ paymentKey }) => paymentKey ?? []);
    return (place === null ? undefined : fromEnd(payments, place)) ?? `pay${steps.length + 1}`;
  };
  const bucketOf = (place: number) => account.buckets.length - (place % (account.buckets.length + 1));
  switch (wish.verb) {
    case "grant": {
      const { kind, credits, priority } = wish;
      const startsAt = atOrNull(wish.startsAt, account, now);
      const expiresAt = atOrNull(wish.expiresAt, account, now);
      const periodEndsAt = atOrNull(wish.periodEndsAt, account, now);
      const nothing = { subscription: null, paymentKey: null, cost: null, plan: "t_none" } as const;
      const key = keyOf(wish.key);
      return {
        ...base,
        ...nothing,
        verb: "grant",
        kind,
        credits,
        key,
        startsAt,
        expiresAt,
        periodEndsAt,
        priority,
      };
    }
    case "renew": {
      const { subscription, plan, credits } = wish;
      const periods = account.buckets.filter((one) => one.subscription === subscription);
      const ends = Math.max(now, ...periods.map(({ periodEndsAt }) => periodEndsAt ?? 0));
      const startsAt = wish.follows ? ends : now;
      const periodEndsAt = startsAt + wish.months * 30 * day;
      return {
        ...base,
        verb: "grant",
        kind: "subscription",
        credits,
        key: keyOf(wish.key),
        startsAt,
        expiresAt: periodEndsAt + 3 * hour,
        periodEndsAt,
        priority: null,
        subscription,
        paymentKey: paymentOf(wish.payment),
        cost: 2999,
        plan,
      };
    }
    case "buy": {
      const { kind, credits, cost } = wish;
      const startsAt = atOrNull(wish.startsAt, account, now);
      const expiresAt = atOrNull(wish.expiresAt, account, now);
      const [key, paymentKey] = [keyOf(wish.key), paymentOf(wish.payment)];
      return { ...base, verb: "grant for money", kind, credits, key, startsAt, expiresAt, paymentKey, cost };
    }
    case "claw back":
    case "dispute": {
      const claim = claimOf(wish, account, steps.length);
      return claim && { ...base, verb: wish.verb, ...claim };
    }
    case "cancel claim":
      return {
        ...base,
        verb: "cancel claim",
        claim: fromEnd(account.claims, wish.which)?.key ?? "none",
      };
    case "transfer": {
      const { to } = wish;
      return {
        ...base,
        verb: "transfer",
        to,
        credits: creditsOf(wish.credits, account),
        key: keyOf(wish.key),
      };
    }
    case "create code": {
      const redeemUntil = atOrNull(wish.redeemUntil, account, now);
      const { verb, code, credits, maxUses, lasts } = wish;
      return { ...base, verb, code, credits, maxUses, redeemUntil, lasts };
    }
    case "redeem":
      return { ...base, verb: "redeem", code: wish.code, by: wish.by };
    case "adjust": {
      const credits = creditsOf(wish.credits, account) * (wish.takes ? -1 : 1);
      const expiresAt = atOrNull(wish.expiresAt, account, now);
      return { ...base, verb: "adjust", credits, key: keyOf(wish.key), expiresAt };
    }
    case "extend expiry": {
      const bucket = bucketOf(wish.bucket);
      const from = account.buckets[bucket - 1]?.expiresAt ?? now;
      return { ...base, verb: "extend expiry", bucket, expiresAt: from + wish.expiresAt.by };
    }
    case "freeze": {
      const until = atOrNull(wish.until, account, now);
      return { ...base, verb: "freeze", bucket: wish.bucket === null ? null : bucketOf(wish.bucket), until };
    }
    case "unfreeze":
      return { ...base, verb: "unfreeze", bucket: wish.bucket === null ? null : bucketOf(wish.bucket) };
    case "void":
      return { ...base, verb: "void", bucket: bucketOf(wish.bucket) };
    case "erase":
      return { ...base, verb: "erase" };
    case "subscribe": {
      const { subscription, status } = wish;
      if (account.id === "shop") return undefined; // Stripe knows no account without a user
      return { ...base, verb: "subscribe", subscription, status, ticket: steps.length + 1 };
    }
    case "deduct many":
      return {
        ...base,
        verb: "deduct many",
        items: wish.items.map((item, n) => ({
          account: item.account,
          credits: creditsOf(item.credits, account),
          key: item.key === null ? `k${steps.length + 1}.${n}` : keyOf(item.key),
        })),
      };
    case "balance at": {
      const instant =
        wish.ago === null
          ? Math.floor(account.openedAt + ((now - account.openedAt) * wish.share) / 100)
          : momentOf(wish.ago, account, now);
      return { ...base, verb: "balance at", instant };
    }
    case "usage":
      return { ...base, verb: "usage" };
    case "seal":
      return { ...base, verb: "seal" };
    case "roll up":
      return { ...base, verb: "roll up" };
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
      const anew = step.verb === "subscribe" ? { ticket: steps.length + 1 } : {};
      return { ...step, ...more, ...anew, at: now };
    }
  }
}

/** An earlier claim once more, or a new one on a payment of the account; none without a payment. */
function claimOf({ earlier, payment, cents, isOther }: WishedClaim, account: Account, steps: number) {
  const claim = earlier === null ? undefined : fromEnd(account.claims, earlier);
  if (claim && !isOther)
    return { claim: claim.key, paymentKey: claim.paymentKey, cents: claim.cents, paid: 100 };
  const payments = new Set(account.buckets.flatMap(({ paymentKey }) => paymentKey ?? []));
  const paymentKey = fromEnd([...payments], payment);
  if (paymentKey === undefined) return undefined;
  return { claim: claim?.key ?? `re${steps + 1}`, paymentKey, cents, paid: 100 };
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

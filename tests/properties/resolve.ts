// Wishes become steps: the model says what there is to spend, to capture, and when something falls due.
import { perform } from "./model/perform.ts";
import { day, hour, type Instant } from "./model/time.ts";
import { newWorld } from "./model/world.ts";
import { people } from "./people.ts";
import { fromEnd, type Scene, sceneOf } from "./scene.ts";
import type { Step } from "./steps.ts";
import type { Wish } from "./wishes.ts";

type Life = { begins: Instant; wishes: Wish[] };

/** The concrete steps of a life. They are all that has to be kept of it. */
export function stepsOf({ begins, wishes }: Life): Step[] {
  const steps: Step[] = [];
  let world = newWorld(people);
  let now = begins;
  for (const wish of wishes) {
    const scene = sceneOf(world, wish.account, steps, now);
    if (wish.verb === "move") {
      now = Math.max(now, scene.momentOf(wish.to));
      continue;
    }
    const step = stepOf(wish, scene);
    if (!step) continue;
    steps.push(step);
    world = perform(world, step).world;
  }
  return steps;
}

function stepOf(wish: Exclude<Wish, { verb: "move" }>, scene: Scene): Step | undefined {
  const { account, now, nth, at, creditsOf, keyOf, paymentOf, placeOf, bucketOf, claimOf, captureOf } = scene;
  const { holdKey, takenKey, periodsEnd } = scene;
  const base = { account: wish.account, at: now };
  switch (wish.verb) {
    case "grant": {
      const { kind, credits, priority } = wish;
      const [startsAt, expiresAt] = [at(wish.startsAt), at(wish.expiresAt)];
      const when = { startsAt, expiresAt, periodEndsAt: at(wish.periodEndsAt) };
      const free = { subscription: null, paymentKey: null, cost: null, plan: "t_none" } as const;
      return { ...base, ...free, ...when, verb: "grant", kind, credits, key: keyOf(wish.key), priority };
    }
    case "renew": {
      const { subscription, plan, credits } = wish;
      const startsAt = wish.follows ? periodsEnd(subscription) : now;
      const periodEndsAt = startsAt + wish.months * 30 * day;
      const when = { startsAt, periodEndsAt, expiresAt: periodEndsAt + 3 * hour };
      const paid = { subscription, plan, paymentKey: paymentOf(wish.payment), cost: 2999, priority: null };
      return {
        ...base,
        ...paid,
        ...when,
        verb: "grant",
        kind: "subscription",
        credits,
        key: keyOf(wish.key),
      };
    }
    case "buy": {
      const { kind, credits, cost } = wish;
      const when = { startsAt: at(wish.startsAt), expiresAt: at(wish.expiresAt) };
      const [key, paymentKey] = [keyOf(wish.key), paymentOf(wish.payment)];
      return { ...base, ...when, verb: "grant for money", kind, credits, key, paymentKey, cost };
    }
    case "claw back":
    case "dispute": {
      const claim = claimOf(wish);
      return claim && { ...base, verb: wish.verb, ...claim };
    }
    case "cancel claim":
      if (account.claims.length === 0 && wish.which > 0) return undefined;
      return { ...base, verb: "cancel claim", claim: fromEnd(account.claims, wish.which)?.key ?? "none" };
    case "transfer": {
      const { to } = wish;
      return { ...base, verb: "transfer", to, credits: creditsOf(wish.credits), key: keyOf(wish.key) };
    }
    case "create code": {
      const redeemUntil = at(wish.redeemUntil);
      const { verb, code, credits, maxUses, lasts } = wish;
      return { ...base, verb, code, credits, maxUses, redeemUntil, lasts };
    }
    case "redeem":
      return { ...base, verb: "redeem", code: wish.code, by: wish.by };
    case "adjust": {
      const credits = creditsOf(wish.credits) * (wish.takes ? -1 : 1);
      const expiresAt = at(wish.expiresAt);
      return { ...base, verb: "adjust", credits, key: keyOf(wish.key), expiresAt };
    }
    case "extend expiry": {
      const bucket = placeOf(wish.bucket);
      const from = account.buckets[bucket - 1]?.expiresAt ?? now;
      return { ...base, verb: "extend expiry", bucket, expiresAt: from + wish.expiresAt.by };
    }
    case "freeze": {
      const until = at(wish.until);
      return { ...base, verb: "freeze", bucket: bucketOf(wish.bucket), until };
    }
    case "unfreeze":
      return { ...base, verb: "unfreeze", bucket: bucketOf(wish.bucket) };
    case "void":
      return { ...base, verb: "void", bucket: placeOf(wish.bucket) };
    case "erase":
      return { ...base, verb: "erase" };
    case "subscribe": {
      const { subscription, status } = wish;
      if (account.id === "shop") return undefined; // Stripe knows no account without a user
      return { ...base, verb: "subscribe", subscription, status, ticket: nth };
    }
    case "deduct many":
      return {
        ...base,
        verb: "deduct many",
        items: wish.items.map((item, n) => ({
          account: item.account,
          credits: creditsOf(item.credits),
          key: item.key === null ? `k${nth}.${n}` : keyOf(item.key),
        })),
      };
    case "balance at": {
      const { openedAt } = account;
      const past = Math.floor(openedAt + ((now - openedAt) * wish.share) / 100);
      return { ...base, verb: "balance at", instant: at(wish.ago) ?? past };
    }
    case "usage":
      return { ...base, verb: "usage" };
    case "seal":
      return { ...base, verb: "seal" };
    case "roll up":
      return { ...base, verb: "roll up" };
    case "add": {
      const { kind, credits } = wish;
      return { ...base, verb: "add", kind, credits, key: keyOf(wish.key), expiresAt: at(wish.expiresAt) };
    }
    case "deduct":
      return { ...base, verb: "deduct", credits: creditsOf(wish.credits), key: keyOf(wish.key) };
    case "consume": {
      const costMicros = wish.by === "member" ? null : wish.costMicros;
      return { ...base, ...wish.work, verb: "consume", key: keyOf(wish.key), by: wish.by, costMicros };
    }
    case "hold": {
      const credits = creditsOf(wish.credits);
      return { ...base, verb: "hold", credits, key: keyOf(wish.key), ...termsOf(wish) };
    }
    case "place hold":
      return {
        ...base,
        ...wish.work,
        ...termsOf(wish),
        verb: "place hold",
        key: keyOf(wish.key),
        by: wish.by,
      };
    case "capture": {
      const key = holdKey(wish.which);
      const credits = wish.credits && captureOf(wish.credits, key);
      return { ...base, verb: "capture", key, credits, costMicros: wish.costMicros };
    }
    case "release":
      return { ...base, verb: "release", key: holdKey(wish.which) };
    case "extend":
      return { ...base, verb: "extend", key: holdKey(wish.which), ttl: wish.ttl };
    case "reverse": {
      const key = takenKey(wish.which);
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
      const step = fromEnd(scene.steps, wish.which);
      if (!step) return undefined;
      const more = wish.more === null || !("credits" in step) ? {} : { credits: (step.credits ?? 0) + 1 };
      const anew = step.verb === "subscribe" ? { ticket: nth } : {};
      return { ...step, ...more, ...anew, at: now };
    }
  }
}

/** A replay may answer before it looks at these: with an old key they are always sound. */
function termsOf({ key, ttl, overrun }: Extract<Wish, { verb: "hold" | "place hold" }>) {
  return key === null
    ? { ttl, overrun }
    : { ttl: Math.min(Math.max(ttl, 1), day), overrun: Math.max(0, overrun) };
}

// What is drawn at random: wishes such as "spend all there is", which only become steps where the model stands.
import fc from "fast-check";
import {
  account,
  by,
  called,
  costMicros,
  credits,
  type Drawn,
  granted,
  key,
  moment,
  overrun,
  place,
  ttl,
  unless,
  work,
} from "./draws.ts";
import { type RolloverPlan, rollovers } from "./model/rollover.ts";
import { day, hour } from "./model/time.ts";
import { kinds } from "./model/world.ts";
import { names } from "./people.ts";

export type Wish = Drawn<(typeof everything)[number]> | Drawn<typeof last>;
export type WishedClaim = Drawn<typeof claim>;
export type Moment = Drawn<typeof moment>;
export type Credits = Drawn<typeof credits>;

const grant = called(
  "grant",
  fc.record({
    kind: fc.constantFrom(...kinds),
    credits: granted,
    key,
    startsAt: unless(3, moment),
    expiresAt: fc.option(moment, { freq: 4 }),
    periodEndsAt: unless(4, moment),
    priority: unless(3, fc.constantFrom(5, 10, 20, 30)),
  }),
);
/** The next period of a subscription, from where the last one ends, or at once. */
const renew = called(
  "renew",
  fc.record({
    subscription: fc.constantFrom("sub_a", "sub_a", "sub_b"),
    plan: fc.constantFrom(...(Object.keys(rollovers) as RolloverPlan[])),
    credits: granted,
    follows: unless(2, fc.constant("not" as const)).map((not) => not === null),
    months: fc.constantFrom(1, 1, 1, 2),
    payment: unless(2, place),
    key,
  }),
);
const buy = called(
  "buy",
  fc.record({
    kind: fc.oneof({ weight: 2, arbitrary: fc.constant("permanent" as const) }, fc.constantFrom(...kinds)),
    credits: granted,
    key,
    payment: unless(1, place),
    startsAt: unless(2, moment),
    expiresAt: unless(1, moment),
    cost: unless(1, fc.constantFrom(0, 999)),
  }),
);
/** A new claim on a payment, or one that was made before, by the same money or other. */
const claim = fc.record({
  earlier: unless(2, place),
  payment: place,
  cents: fc.constantFrom(1, 10, 33, 50, 50, 99, 100, 150, 0),
  isOther: unless(9, fc.constant(true)),
});
const clawBack = called("claw back", claim);
const dispute = called("dispute", claim);
const cancelClaim = called("cancel claim", fc.record({ which: place }));
const transfer = called("transfer", fc.record({ to: fc.constantFrom(...names), credits, key }));
const codes = ["spring", "Spring", "AUTUMN", "winter"];
const createCode = called(
  "create code",
  fc.record({
    code: fc.constantFrom(...codes),
    credits: granted,
    maxUses: unless(1, fc.constantFrom(1, 2)),
    redeemUntil: unless(1, moment),
    lasts: unless(1, fc.constantFrom(1, hour, 10 * day)),
  }),
);
const redeem = called("redeem", fc.record({ code: fc.constantFrom(...codes), by }));
const adjust = called(
  "adjust",
  fc.record({ credits, takes: fc.boolean(), key, expiresAt: unless(1, moment) }),
);
const extendExpiry = called("extend expiry", fc.record({ bucket: place, expiresAt: moment }));
const freeze = called(
  "freeze",
  fc.record({ bucket: fc.option(place, { freq: 3 }), until: fc.option(moment, { freq: 4 }) }),
);
const unfreeze = called("unfreeze", fc.record({ bucket: fc.option(place, { freq: 2 }) }));
const voidGrant = called("void", fc.record({ bucket: place }));
const erase = called("erase", fc.record({}));
const statuses = ["active", "trialing", "past_due", "canceled", "unpaid"];
const subscribe = called(
  "subscribe",
  fc.record({ subscription: fc.constantFrom("sub_a", "sub_b"), status: fc.constantFrom(...statuses) }),
);
const deductMany = called(
  "deduct many",
  fc.record({ items: fc.array(fc.record({ account, credits, key }), { minLength: 1, maxLength: 5 }) }),
);
const balanceAt = called("balance at", fc.record({ ago: unless(5, moment), share: fc.nat({ max: 100 }) }));
const usage = called("usage", fc.record({}));
const seal = called("seal", fc.record({}));
const rollUp = called("roll up", fc.record({}));

const add = called(
  "add",
  fc.record({ kind: fc.constantFrom(...kinds), credits: granted, key, expiresAt: unless(1, moment) }),
);
const deduct = called("deduct", fc.record({ credits, key }));
const consume = called("consume", fc.record({ work, key, by, costMicros }));
const hold = called("hold", fc.record({ credits, key, ttl, overrun }));
const placeHold = called("place hold", fc.record({ work, key, by, ttl, overrun }));
const which = unless(5, place);
const capture = called("capture", fc.record({ which, credits: unless(1, credits), costMicros }));
const release = called("release", fc.record({ which }));
const extend = called("extend", fc.record({ which, ttl }));
const reverse = called(
  "reverse",
  fc.record({ which: place, credits: unless(1, credits), reversalKey: unless(1, fc.nat({ max: 3 })) }),
);
const read = called("read", fc.record({}));
const quote = called("quote", fc.record({ work }));
const sweep = called("sweep", fc.record({ batch: fc.constantFrom(1, 2, 100) }));
/** Time passes. */
const move = called("move", fc.record({ to: moment }));
/** An earlier step once more, as a caller retries it; or with one credit more. */
const again = called("again", fc.record({ which: place, more: unless(4, fc.constant(1)) }));

const everything = [
  ...[
    grant,
    renew,
    buy,
    add,
    deduct,
    deductMany,
    consume,
    hold,
    placeHold,
    capture,
    release,
    extend,
    reverse,
  ],
  ...[clawBack, dispute, cancelClaim, transfer, createCode, redeem, adjust, extendExpiry, freeze, unfreeze],
  ...[voidGrant, subscribe, read, quote, usage, balanceAt, sweep, seal, rollUp],
  ...[move, move, move, again],
];
/** What a life is about. All of the rest happens in it too, but rare things meet only where each of them is frequent. */
const themes: (typeof everything)[] = [
  [deduct, consume, consume, hold, placeHold, placeHold, capture, capture, release, reverse, reverse, add],
  [buy, buy, deduct, deduct, deduct, hold, reverse, reverse, clawBack, clawBack, dispute, cancelClaim],
  [renew, renew, renew, deduct, reverse, clawBack, dispute, cancelClaim, extendExpiry, move],
  [grant, buy, deduct, reverse, adjust, freeze, unfreeze, voidGrant, extendExpiry, transfer, dispute],
];
const wishes = fc.constantFrom(...themes).chain((theme) =>
  fc.array(fc.oneof(...everything, ...theme, ...theme, ...theme), {
    minLength: 5,
    maxLength: 60,
    size: "max",
  }),
);

/** Erasing ends a life: few have it, and late. */
const last = fc.oneof({ weight: 1, arbitrary: erase }, { weight: 9, arbitrary: read });

/** Where a life begins: also on days that not every month has. */
const beginnings = [
  "2026-01-31T10:00:00Z",
  "2026-03-01T00:00:00Z",
  "2027-12-31T23:59:59Z",
  "2028-02-29T12:34:56Z",
];
export const life = fc.record({
  begins: fc.constantFrom(...beginnings.map((text) => Date.parse(text) * 1000)),
  wishes: fc
    .tuple(wishes, last, fc.array(fc.oneof(...everything), { maxLength: 5 }))
    .map(([some, one, more]) => [...some, one, ...more]),
});

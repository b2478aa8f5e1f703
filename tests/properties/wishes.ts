// What is drawn at random: wishes such as "spend all there is", which only become steps where the model stands.
import fc from "fast-check";
import { type RolloverPlan, rollovers } from "./model/rollover.ts";
import { day, hour, minute, second } from "./model/time.ts";
import { kinds, type Params } from "./model/world.ts";
import { names } from "./people.ts";

type Wished<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type Wish = Wished<(typeof everything)[number]> | Wished<typeof last>;
export type WishedClaim = Wished<typeof claim>;
export type Moment = Wished<typeof moment>;
export type Credits = Wished<typeof credits>;

/** An old thing, the latest first, by its place from the end. */
const place = fc.nat({ max: 6 });
/** Left out so many times for each time that it is there. */
const unless = <T>(nothing: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: nothing, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** A new key, seldom an old one. */
const key = unless(11, place);
const account = fc.oneof({ weight: 8, arbitrary: fc.constant("ada") }, fc.constantFrom(...names));
const by = fc.constantFrom("server" as const, "member" as const);

const spans = [0, 1, second, minute, 15 * minute, hour, 5 * hour, day, 10 * day, 31 * day, 366 * day];
const span = fc.constantFrom(...spans);
/** So long after now, or about the n-th instant at which something falls due: a microsecond before, at it, after. */
const moment = fc.record({
  after: fc.oneof(fc.constant("now" as const), fc.nat({ max: 3 })),
  by: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(-1, 0, 0, 1) }, span),
});
/** So many, or about what the account or its first bucket has. */
const credits = fc.record({
  of: fc.constantFrom("nothing" as const, "nothing" as const, "first bucket" as const, "balance" as const),
  plus: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -1, max: 1 }) }, fc.integer({ min: 1, max: 30 })),
});
const granted = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 500 }));
const ttl = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(1, second, minute, 15 * minute, hour, day) },
  fc.constantFrom(0, -minute, day + 1),
);
const overrun = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 20 }),
  fc.constantFrom(-1, 1000, 1000, 1000),
);
const works: { operation: string; params: Params }[] = [
  { operation: "t_word", params: {} },
  { operation: "t_page", params: {} },
  { operation: "t_page", params: { size: "large" } },
  { operation: "t_book", params: { size: "large", paper: "fine" } },
  { operation: "t_book", params: { paper: "plain" } },
  { operation: "t_page", params: { size: "large", title: "A lake" } },
  { operation: "t_page", params: { title: "A hill" } },
  { operation: "t_chat", params: { tokens: 433 } },
  { operation: "t_chat", params: { tokens: 17_000 } },
  { operation: "t_page", params: { size: "huge" } },
  { operation: "t_song", params: {} },
];
const work = fc.constantFrom(...works);
const costMicros = unless(1, fc.constantFrom(0, 420_000));

const called = <V extends string, T extends object>(verb: V, wished: fc.Arbitrary<T>) =>
  fc.tuple(account, wished).map(([account, rest]) => ({ verb, account, ...rest }));

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
  [deduct, consume, hold, hold, placeHold, capture, capture, release, reverse, reverse, add, grant, move],
  [buy, buy, deduct, hold, reverse, capture, clawBack, clawBack, dispute, dispute, cancelClaim, move],
  [renew, renew, renew, deduct, reverse, clawBack, dispute, cancelClaim, extendExpiry, move, move],
  [grant, buy, deduct, reverse, adjust, freeze, unfreeze, voidGrant, extendExpiry, transfer, dispute, move],
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

// What is drawn at random: wishes such as "spend all there is", which only become steps where the model stands.
import fc from "fast-check";
import { day, hour, minute, second } from "./model/time.ts";
import { kinds, type Params } from "./model/world.ts";
import { names } from "./people.ts";

type Wished<A> = A extends fc.Arbitrary<infer T> ? T : never;
export type Wish = Wished<typeof wish>;
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

export const wish = fc.oneof(
  { weight: 5, arbitrary: grant },
  { weight: 3, arbitrary: add },
  { weight: 6, arbitrary: deduct },
  { weight: 3, arbitrary: consume },
  { weight: 5, arbitrary: hold },
  { weight: 2, arbitrary: placeHold },
  { weight: 4, arbitrary: capture },
  { weight: 2, arbitrary: release },
  { weight: 1, arbitrary: extend },
  { weight: 4, arbitrary: reverse },
  { weight: 1, arbitrary: read },
  { weight: 1, arbitrary: quote },
  { weight: 1, arbitrary: sweep },
  { weight: 8, arbitrary: move },
  { weight: 2, arbitrary: again },
);

/** Where a life begins: also on days that not every month has. */
const beginnings = [
  "2026-01-31T10:00:00Z",
  "2026-03-01T00:00:00Z",
  "2027-12-31T23:59:59Z",
  "2028-02-29T12:34:56Z",
];
export const life = fc.record({
  begins: fc.constantFrom(...beginnings.map((text) => Date.parse(text) * 1000)),
  wishes: fc.array(wish, { minLength: 5, maxLength: 60, size: "max" }),
});

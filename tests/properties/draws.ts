// The parts that wishes are made of.
import fc from "fast-check";
import { day, hour, minute, second } from "./model/time.ts";
import type { Params } from "./model/world.ts";
import { names } from "./people.ts";

export type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;

/** An old thing, the latest first, by its place from the end. */
export const place = fc.nat({ max: 6 });
/** Left out so many times for each time that it is there. */
export const unless = <T>(nothing: number, arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: nothing, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

/** A new key, seldom an old one. */
export const key = unless(11, place);
export const account = fc.oneof({ weight: 8, arbitrary: fc.constant("ada") }, fc.constantFrom(...names));
export const by = fc.constantFrom("server" as const, "member" as const);

const spans = [0, 1, second, minute, 15 * minute, hour, 5 * hour, day, 10 * day, 31 * day, 366 * day];
const span = fc.constantFrom(...spans);
/** So long after now, or about the n-th instant at which something falls due: a microsecond before, at it, after. */
export const moment = fc.record({
  after: fc.oneof(fc.constant("now" as const), fc.nat({ max: 3 })),
  by: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(-1, 0, 0, 1) }, span),
});
/** So many, or about what the account or its first bucket has. */
export const credits = fc.record({
  of: fc.constantFrom("nothing" as const, "nothing" as const, "first bucket" as const, "balance" as const),
  plus: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: -1, max: 1 }) }, fc.integer({ min: 1, max: 30 })),
});
export const granted = fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 500 }));
export const ttl = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(1, second, minute, 15 * minute, hour, day) },
  fc.constantFrom(0, -minute, day + 1),
);
export const overrun = fc.oneof(
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
export const work = fc.constantFrom(...works);
export const costMicros = unless(1, fc.constantFrom(0, 420_000));

export const called = <V extends string, T extends object>(verb: V, wished: fc.Arbitrary<T>) =>
  fc.tuple(account, wished).map(([account, rest]) => ({ verb, account, ...rest }));

// What the model says beside what Postgres said: the first difference, in words, or null.
import { balanceOf, burnOrder, fromKind, frozenIn, frozenOf, owing, spendableIn } from "./model/ledger.ts";
import { dueInstants, settle } from "./model/settle.ts";
import { type Instant, toWords } from "./model/time.ts";
import { type Account, type Answer, copyOf, kinds, type Share, type World } from "./model/world.ts";
import type { Json, Played } from "./play.ts";

/** What the model says after one step. */
export type Performed = { answer: Answer; world: World };

export function difference(
  performed: Performed[],
  { steps, books, problems }: Played,
  now: Instant,
): string | null {
  for (const [index, { answer, world }] of performed.entries()) {
    const said = steps[index] ?? { answer: {}, states: {} };
    const found = inAnswer(answer, said.answer) ?? inStates(world, said.states);
    if (found) return `step ${index + 1}: ${found}`;
  }
  const last = performed.at(-1);
  return (last ? inBooks(last.world, books, now) : null) ?? differs("problems", [], problems);
}

function inAnswer(model: Answer, postgres: Record<string, Json>): string | null {
  if (Array.isArray(model.error) && model.error.includes(postgres.error)) return null;
  if ("error" in model || "error" in postgres) return differs("answer", model, postgres);
  // The model does not know every column: the way out of a short balance is the catalog's.
  const known = Object.keys(model).map((column) => [column, postgres[column] ?? null]);
  return differs("answer", model, Object.fromEntries(known));
}

function inStates(world: World, states: Record<string, Json>): string | null {
  return first(Object.entries(states), ([name, said]) => {
    const account = world.accounts[name];
    return differs(name, account ? stateOf(account, dueIn(said)) : null, said);
  });
}

const dueIn = (said: Json) =>
  said !== null && typeof said === "object" && "due" in said ? Number(said.due) : Number.NaN;

/** `next_due_at` may be too early, never too late. */
function stateOf(account: Account, due: Instant) {
  return {
    balance: balanceOf(account),
    entries: account.entries.length,
    claim: account.nextClaimAt,
    due: Math.min(due, dueInstants(account)[0] ?? Number.POSITIVE_INFINITY),
    frozen: frozenOf(account),
    debt: owing(account).reduce((sum, { owed }) => sum + owed, 0),
    spendable: burnOrder(account)
      .map((bucket) => [bucket.id, spendableIn(account, bucket)])
      .filter(([, credits]) => credits !== 0),
    frozenIn: account.buckets
      .map((bucket) => [bucket.id, frozenIn(account, bucket)])
      .filter(([, credits]) => credits !== 0),
  };
}

function inBooks(world: World, books: Record<string, Json>, now: Instant): string | null {
  const { accounts } = copyOf(world);
  return first(Object.entries(books), ([name, said]) => {
    const account = accounts[name];
    if (account) settle(account, now);
    return differs(`books of ${name}`, account ? booksOf(account) : null, said);
  });
}

/** In the words of play.sql. */
function booksOf(account: Account) {
  return {
    openedAt: account.openedAt,
    balance: balanceOf(account),
    nextClaimAt: account.nextClaimAt,
    buckets: account.buckets.map((bucket) => ({ ...bucket, frozen: frozenIn(account, bucket) })),
    entries: account.entries.map(({ charge, shares, ...entry }) => ({
      ...entry,
      ...Object.fromEntries(kinds.map((kind) => [kind, fromKind(account, shares, kind)])),
      operation: charge?.operation ?? null,
      // The words of an erased account are gone; a replay knows them all the same.
      params: account.erasedAt === null ? (charge?.params ?? null) : null,
      priceVersion: charge?.priceVersion ?? null,
      shares: byBucket(shares),
    })),
    holds: account.holds,
    claims: account.claims
      .map(({ parts, revived, ...claim }) => claim)
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    frozenUntil: account.frozenUntil,
    erasedAt: account.erasedAt,
  };
}

function byBucket(shares: Share[]): number[][] {
  const sums = new Map<number, number>();
  for (const { bucket, credits } of shares) sums.set(bucket, (sums.get(bucket) ?? 0) + credits);
  return [...sums].sort(([a], [b]) => a - b);
}

function first<T>(list: T[], find: (one: T) => string | null): string | null {
  for (const one of list) {
    const found = find(one);
    if (found) return found;
  }
  return null;
}

/** Where two plain values first differ. */
export function differs(
  where: string,
  one: unknown,
  other: unknown,
  names = ["the model", "Postgres"],
): string | null {
  if (isObject(one) && isObject(other))
    return first([...new Set([...Object.keys(one), ...Object.keys(other)])], (key) =>
      differs(`${where}.${key}`, one[key], other[key], names),
    );
  if (one === other) return null;
  return `${where}: ${names[0]} says ${shown(one)}, ${names[1]} ${shown(other)}`;
}

const shown = (value: unknown) => String(JSON.stringify(value, toWords));

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}

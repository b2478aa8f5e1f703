// A catalog of the model's own: versions of prices, each with a base and what its parameters add.
import type { Instant } from "./time.ts";
import { type Charge, type Params, refuse } from "./world.ts";

type Quantity = { name: string; credits: number; per: number; included: number; max: number };
export type PriceVersion = {
  /** In force from then on, until a later version is; without it always. */
  from?: string;
  base: number;
  options?: Record<string, Record<string, number>>;
  quantity?: Quantity;
  /** Free text that costs nothing; usage is grouped by it. */
  subject?: string;
  least?: number;
  most?: number;
};

export const operations: Record<string, PriceVersion[]> = {
  t_word: [{ base: 1 }, { base: 2, from: "2026-02-10T10:00:00Z" }, { base: 1, from: "2028-03-01T12:34:56Z" }],
  t_page: [{ base: 3, options: { size: { small: 0, large: 4 } }, subject: "title" }],
  t_book: [{ base: 90, options: { size: { small: 0, large: 45 }, paper: { plain: 0, fine: 10 } } }],
  t_chat: [
    {
      base: 1,
      quantity: { name: "tokens", credits: 3, per: 1000, included: 100, max: 20_000 },
      least: 2,
      most: 40,
    },
  ],
};

/** What a caller names: never a price. */
export type Work = { operation: string; params: Params };

/** The price in force at an instant. Undefined where the catalog does not know the operation, a parameter or a value. */
export function costOf(
  { operation, params }: Work,
  at: Instant,
): { credits: number; version: number } | undefined {
  const versions = operations[operation] ?? [];
  const isInForce = ({ from }: PriceVersion) => from === undefined || Date.parse(from) * 1000 <= at;
  const version = versions.findLastIndex(isInForce) + 1;
  const price = versions[version - 1];
  if (!price) return undefined;
  const added = Object.entries(params).map(([name, value]) => addedBy(price, name, value));
  if (added.includes(undefined)) return undefined;
  const sum = added.reduce<number>((all, one) => all + (one ?? 0), price.base);
  const credits = Math.min(
    Math.max(Math.ceil(sum), price.least ?? 0),
    price.most ?? Number.POSITIVE_INFINITY,
  );
  return { credits, version };
}

function addedBy({ options, quantity, subject }: PriceVersion, name: string, value: string | number) {
  if (name === subject) return 0;
  if (name !== quantity?.name || typeof value === "string") return options?.[name]?.[value];
  return (Math.max(0, value - quantity.included) * quantity.credits) / quantity.per;
}

export const priceOf = (work: Work, at: Instant) => costOf(work, at) ?? refuse("LCOPR");

/** The order of parameters says nothing. */
export function isSameWork(charge: Charge, work: Work): boolean {
  const said = (params: Params) => JSON.stringify(Object.entries(params).sort());
  return charge.operation === work.operation && said(charge.params) === said(work.params);
}

export function subjectOf({ operation, params }: Charge): string | null {
  const { subject } = operations[operation]?.[0] ?? {};
  return subject === undefined ? null : String(params[subject] ?? "") || null;
}

// A catalog of the model's own: a base price, and a price for each value of an option.
import { type Charge, type Params, refuse } from "./world.ts";

export const operations = {
  t_word: { base: 1, options: {} },
  t_page: { base: 3, options: { size: { small: 0, large: 4 } } },
  t_book: { base: 90, options: { size: { small: 0, large: 45 }, paper: { plain: 0, fine: 10 } } },
} satisfies Record<string, { base: number; options: Record<string, Record<string, number>> }>;

/** What a caller names: never a price. */
export type Work = { operation: string; params: Params };

export function priceOf(work: Work): { credits: number; version: number } {
  return { credits: costOf(work) ?? refuse("LCOPR"), version: 1 };
}

/** Undefined where the catalog does not know the operation, a parameter or a value. */
export function costOf({ operation, params }: Work): number | undefined {
  const priced = Object.entries(operations).find(([name]) => name === operation)?.[1];
  const options: Record<string, Record<string, number>> = priced?.options ?? {};
  return Object.entries(params).reduce<number | undefined>((sum, [name, value]) => {
    const extra = options[name]?.[value];
    return sum === undefined || extra === undefined ? undefined : sum + extra;
  }, priced?.base);
}

/** The order of parameters says nothing. */
export function isSameWork(charge: Charge, work: Work): boolean {
  const said = (params: Params) => JSON.stringify(Object.entries(params).sort());
  return charge.operation === work.operation && said(charge.params) === said(work.params);
}
